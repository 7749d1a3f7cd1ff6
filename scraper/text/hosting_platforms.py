"""Platforms on whose servers many blogs live, and where a blog's name stands in their addresses. As of 2026-11."""

from __future__ import annotations

# A platform's main domain: the shapes of its blogs' addresses, the star where the blog's name stands. PSL: the domain
# is in the private part of the public suffix list (2026-10-22), where its owner put it; the others are from the
# platform's own addresses. Platforms that closed stay: their blogs are met in saved pages.
PLATFORMS = {
    # -- made for blogs
    "wordpress.com": "*.wordpress.com *.home.blog *.tech.blog *.travel.blog *.food.blog *.art.blog *.music.blog"
    " *.photo.blog *.news.blog *.family.blog *.poetry.blog *.school.blog *.code.blog *.design.blog *.health.blog"
    " *.game.blog *.movie.blog *.video.blog *.business.blog *.data.blog *.fashion.blog *.finance.blog *.law.blog"
    " *.politics.blog *.sport.blog *.water.blog *.car.blog",  # Automattic, since 2005; .blog names since 2018
    "blogspot.com": "*.blogspot.com *.blogspot.*",  # Blogger, 1999; country names 2012 to 2018, still answering; PSL
    "substack.com": "*.substack.com substack.com/@*",  # since 2017
    "tumblr.com": "*.tumblr.com tumblr.com/blog/* tumblr.com/*",  # since 2007; /name since 2022
    "livejournal.com": "*.livejournal.com users.livejournal.com/* community.livejournal.com/* livejournal.com/users/*"
    " livejournal.com/community/*",  # since 1999; underscores in names only after users.
    "dreamwidth.org": "*.dreamwidth.org dreamwidth.org/users/*",  # LiveJournal's software, since 2009
    "insanejournal.com": "*.insanejournal.com",  # LiveJournal's software
    "deadjournal.com": "*.deadjournal.com",  # LiveJournal's software
    "medium.com": "*.medium.com medium.com/@*",  # since 2012; publications ('/name/') are known by the seed alone
    "typepad.com": "*.typepad.com *.typepad.co.uk *.typepad.fr *.typepad.jp *.blogs.com",  # Six Apart, 2003 to 2025
    "ghost.io": "*.ghost.io",  # Ghost(Pro), since 2013
    "svbtle.com": "*.svbtle.com",  # since 2012
    "posthaven.com": "*.posthaven.com",  # since 2013
    "posterous.com": "*.posterous.com",  # 2008 to 2013
    "hashnode.dev": "*.hashnode.dev",  # since 2020
    "dev.to": "dev.to/*",  # Forem, since 2016; feeds at /feed/name
    "write.as": "write.as/* *.writeas.com",  # since 2015
    "micro.blog": "*.micro.blog micro.blog/*",  # since 2017
    "bearblog.dev": "*.bearblog.dev",  # since 2020; PSL
    "mataroa.blog": "*.mataroa.blog",  # since 2020
    "prose.sh": "*.prose.sh",  # pico, since 2022
    "pika.page": "*.pika.page",  # Good Enough, since 2024
    "omg.lol": "*.omg.lol *.weblog.lol",  # since 2018; PSL
    "blot.im": "*.blot.im",  # since 2014
    "beehiiv.com": "*.beehiiv.com",  # since 2021
    "buttondown.com": "buttondown.com/* buttondown.email/*",  # since 2017
    "paragraph.xyz": "paragraph.xyz/@* paragraph.com/@*",  # since 2022
    "mirror.xyz": "*.mirror.xyz mirror.xyz/*",  # since 2020
    "listed.to": "listed.to/@*",  # Standard Notes, since 2017
    "telegra.ph": "",  # Telegraph: pages without a blog's name
    "teletype.in": "teletype.in/@*",  # since 2017
    "edublogs.org": "*.edublogs.org",  # CampusPress, since 2005
    "noblogs.org": "*.noblogs.org",  # Autistici, since 2005
    "blogsport.de": "*.blogsport.de *.blogsport.eu",  # 2005 to 2021
    "xanga.com": "*.xanga.com xanga.com/*",  # 1999 to 2013
    # -- French, Iberian, Italian
    "over-blog.com": "*.over-blog.com *.over-blog.net *.over-blog.org *.over-blog.fr",  # since 2004
    "canalblog.com": "*.canalblog.com",  # since 2003
    "skyrock.com": "*.skyrock.com *.skyblog.com",  # 2002 to 2023
    "centerblog.net": "*.centerblog.net",  # since 2005
    "eklablog.com": "*.eklablog.com *.eklablog.fr *.eklablog.net",  # since 2007
    "hautetfort.com": "*.hautetfort.com",  # blogSpirit, since 2003
    "unblog.fr": "*.unblog.fr",  # since 2006
    "blogia.com": "*.blogia.com",  # Spain, since 2002
    "sapo.pt": "*.blogs.sapo.pt",  # Portugal, since 2003
    "altervista.org": "*.altervista.org",  # Italy, since 2000; PSL
    "splinder.com": "*.splinder.com",  # Italy, 2001 to 2012
    "libero.it": "blog.libero.it/*",  # Italy
    # -- German, Nordic, Dutch
    "twoday.net": "*.twoday.net",  # Antville's software, 2003 to 2018
    "antville.org": "*.antville.org",  # since 2001
    "blogger.de": "*.blogger.de",  # Antville's software, since 2003
    "myblog.de": "*.myblog.de myblog.de/*",  # 2003 to 2020
    "blogg.se": "*.blogg.se",  # since 2004
    "blogg.no": "*.blogg.no",  # since 2005
    "bloggagratis.se": "*.bloggagratis.se",  # Sweden
    "nouw.com": "nouw.com/*",  # since 2013
    "web-log.nl": "*.web-log.nl",  # 2002 to 2013
    # -- Central and Eastern Europe
    "blog.hu": "*.blog.hu",  # since 2005
    "blox.pl": "*.blox.pl",  # Agora, to 2019
    "blog.cz": "*.blog.cz",  # 2003 to 2020
    "idnes.cz": "*.blog.idnes.cz",  # MAFRA
    "sme.sk": "*.blog.sme.sk",  # Petit Press, since 2004
    "liveinternet.ru": "liveinternet.ru/users/*",  # since 2003
    "diary.ru": "*.diary.ru diary.ru/~*",  # since 2001
    # -- Japanese
    "hatena.ne.jp": "*.hatenablog.com *.hatenablog.jp *.hateblo.jp *.hatenadiary.com *.hatenadiary.jp"
    " *.hatenadiary.org d.hatena.ne.jp/*",  # Hatena, since 2003; PSL
    "livedoor.jp": "*.blog.jp *.livedoor.blog *.doorblog.jp *.ldblog.jp *.officialblog.jp *.publog.jp *.dreamlog.jp"
    " *.bloggeek.jp *.weblog.to *.blogto.jp *.gger.jp *.techblog.jp *.golog.jp *.livedoor.biz *.diary.to"
    " blog.livedoor.jp/*",  # livedoor Blog, since 2003
    "ameblo.jp": "ameblo.jp/*",  # CyberAgent, since 2004; feeds at rssblog.ameblo.jp/name
    "fc2.com": "*.blog.fc2.com *.fc2.com",  # since 1999; blog7., blog126. and the like are servers
    "exblog.jp": "*.exblog.jp",  # Excite, since 2004
    "cocolog-nifty.com": "*.cocolog-nifty.com",  # since 2003
    "seesaa.net": "*.seesaa.net",  # since 2003
    "jugem.jp": "*.jugem.jp",  # since 2004
    "goo.ne.jp": "blog.goo.ne.jp/*",  # 2004 to 2025
    "rakuten.co.jp": "plaza.rakuten.co.jp/*",  # since 2002
    "note.com": "note.com/*",  # since 2014
    "muragon.com": "*.muragon.com",  # since 2015
    # -- Korean, Chinese, others
    "tistory.com": "*.tistory.com",  # Kakao, since 2006
    "naver.com": "blog.naver.com/* m.blog.naver.com/*",  # since 2003; posts also as PostView.naver?blogId=name
    "egloos.com": "*.egloos.com",  # 2003 to 2023
    "lofter.com": "*.lofter.com",  # NetEase, since 2011
    "csdn.net": "blog.csdn.net/* *.blog.csdn.net",  # since 2004
    "cnblogs.com": "cnblogs.com/*",  # since 2004
    "jianshu.com": "jianshu.com/u/*",  # since 2013; posts (/p/...) without the name
    "sina.com.cn": "blog.sina.com.cn/u/* blog.sina.com.cn/*",  # since 2005; posts (/s/blog_...) without the name
    "163.com": "*.blog.163.com",  # NetEase, 2006 to 2018
    "pixnet.net": "*.pixnet.net",  # Taiwan, since 2003
    "blogfa.com": "*.blogfa.com",  # Iran, since 2004
    "blog.ir": "*.blog.ir",  # Iran, since 2012
    "kompasiana.com": "kompasiana.com/*",  # Indonesia, since 2008
    # -- sites of any kind, many of them blogs
    "github.io": "*.github.io",  # GitHub Pages, since 2013; PSL
    "gitlab.io": "*.gitlab.io",  # PSL
    "codeberg.page": "*.codeberg.page",  # PSL
    "bitbucket.io": "*.bitbucket.io",  # PSL
    "sourceforge.io": "*.sourceforge.io",  # since 2016
    "netlify.app": "*.netlify.app *.netlify.com",  # PSL; .com to 2020
    "pages.dev": "*.pages.dev",  # Cloudflare Pages; PSL
    "workers.dev": "*.workers.dev",  # Cloudflare Workers; PSL
    "vercel.app": "*.vercel.app *.now.sh",  # PSL; now.sh to 2020
    "onrender.com": "*.onrender.com",  # PSL
    "fly.dev": "*.fly.dev",  # PSL
    "herokuapp.com": "*.herokuapp.com",  # PSL
    "surge.sh": "*.surge.sh",  # PSL
    "firebaseapp.com": "*.firebaseapp.com *.web.app",  # Google; PSL
    "sites.google.com": "sites.google.com/site/* sites.google.com/view/*",  # since 2008
    "neocities.org": "*.neocities.org",  # since 2013
    "weebly.com": "*.weebly.com *.weeblysite.com",  # since 2006
    "wixsite.com": "*.wixsite.com/* *.wixsite.com *.wix.com/*",  # user and site; wix.com to 2015; PSL
    "squarespace.com": "*.squarespace.com",  # since 2004
    "webflow.io": "*.webflow.io",  # PSL
    "notion.site": "*.notion.site",  # PSL
    "jimdo.com": "*.jimdo.com *.jimdofree.com *.jimdosite.com",  # since 2007
    "webnode.com": "*.webnode.com *.webnode.page *.webnode.cz *.webnode.sk *.webnode.fr *.webnode.es *.webnode.it"
    " *.webnode.pt *.webnode.hu *.webnode.nl *.webnode.at *.webnode.com.br *.webnode.com.tr",  # since 2008
    "strikingly.com": "*.strikingly.com *.mystrikingly.com",  # since 2012
    "ucoz.ru": "*.ucoz.ru *.ucoz.com *.ucoz.net",  # since 2005
    "narod.ru": "*.narod.ru",  # since 2000
    "free.fr": "*.free.fr",  # Free's pages of subscribers
}
# Blogger's country names, where the star after 'blogspot' stands for one of these. List of 2018-09 (Google's).
BLOGSPOT_ENDINGS = (
    "ae al am ba be bg bj ca cf ch cl co.at co.id co.il co.ke co.nz co.uk co.za com.ar com.au com.br com.by com.co"
    " com.cy com.ee com.eg com.es com.mt com.ng com.tr com.uy cv cz de dk fi fr gr hk hr hu ie in is it jp kr li lt"
    " lu md mk mr mx my nl no pe pt qa re ro rs ru se sg si sk sn td tw ug vn"
)
# First segments on a shared host that name no blog: the platform's own pages. In lower case.
OWN_PAGES = frozenset(
    "about account ads api app apps archive auth blog blogs business careers categories category contact dashboard"
    " download downloads explore explorer faq features feed feeds help home inbox jobs latest legal login logout m me"
    " membership new notifications p policies policy pricing privacy ranking recommend register rss s search settings"
    " signin signup sitemap static stories support t tag tagged tags team terms themes topic topics tos trending u"
    " users video videos www".split()
)
