"""Given names that are common where blogs are written, to tell a person's name from a firm's of the same shape."""

from __future__ import annotations

# In lower case, without accents.
GIVEN = frozenset(
    """
aaron abby abigail adam adele adrian adriana adriano agata agnes agnieszka ahmed aisha akira alain alan alana albert
albrecht alejandro aleksander aleksandra alessandro alessia alex alexa alexander alexandra alexandre alexis alfonso
alfred alfredo alice alicia alina alisa alison alvaro alyssa amalia amanda amelie amina amir amy ana anders andre andrea
andreas andreea andres andrew andrzej aneta angela angelika angelina angelo angus anika anita anja anke ann anna annabel
annabelle anne anneliese annemarie annette annie annika anthony antje antoine anton antonia antonio arianna ariel
armando armin arnaud arne arnold arthur arturo arvid asa ashley astrid audrey augusto aurelie axel ayse barb barbara
barry bart bartosz bastian beata beate beatrice becca becky belinda ben benedict benedikt benjamin benoit berit
bernadette bernard bernardo bernd bernhard bert beth bethany betsy bettina betty beverly bianca bill billy birgit
birgitta bjoern bjorn blanca bob bogdan bonnie boris brad bradley brandon brandy brenda brendan brent brett brian
brianna bridget britta brittany bruce bruno bryan bryce burkhard byron caitlin caleb calvin cameron camille candice
carina carl carla carlo carlos carmen carol carole carolin caroline carrie carsten casey cassandra cassidy catalina
catarina caterina cathal catherine cathrin cathy cecile cecilia celia celine chad charlene charles charlie charlotte
chelsea cheryl chiara chloe chris christa christel christian christiane christin christina christine christof christoph
christophe christopher cillian cindy claire clara clare clarissa claude claudia claudio claus clemens clement clifford
clive clyde cody colette colin colleen connie conor conrad constanze corey corinna corinne courtney craig curtis cynthia
dagmar damian damien damir dan dana danica daniel daniela danielle danilo danny dario darren darryl dave david davide
dawid dean deb debbie deborah debra declan deirdre denis denise dennis derek derrick desiree detlef devin diana diane
diarmuid didier diego dieter dietmar dimitri dina dirk dmitri dmitry dominic dominik dominique donald donna dora doreen
doris dorothea dorothy doug douglas dries duncan dustin dwight dylan eddie edgar edith edmund edoardo eduard eduardo
edward edwin eero eetu efrain egon eileen eirik ekaterina elaine eleanor elena elias elif elisa elisabeth elise
elizabeth ella ellen elliot elliott elsa elsbeth elvira emanuel emil emile emilia emilie emilien emilio emily emma
emmanuel emmett enno enrique enzo eric erica erich erik erika erin ernesto ernst erwin esteban estelle esther ethan
etienne eugen eugene eugenia eugenio eunice eva evan evelyn ewa ewald fabian fabio faye federica federico felicia
felicity felipe felix ferdinand fernanda fernando filip filippo finn fiona flavia flavio florian floris franca francesca
francesco francine francis francisco franco francois frank frankie franz frauke fred frederic freya frida frieda
friedrich fritz gabriel gabriele gaelle gareth gary gavin geert geir gemma genevieve geoff geoffrey georg george
georgina gerald geraldine gerard gerd gerhard gerrit gertrud giacomo gianluca gianni gilbert gilles gillian gina gino
giorgia giorgio giovanni gisela giulia giulio giuseppe glenn gloria gonzalo gordon graham greg gregor gregory greta
grzegorz guido guillaume guillermo gunnar gunter gunther gustav gustavo guy gwen hakan hamish hanna hannah hannelore
hannes hans harald harold harriet harry hartmut harvey hassan heather hector heidi heike heiko heiner heinrich heinz
helen helena helene helga helge helmut hendrik henk henning henri henrik henry herbert heribert herman hermann hilary
hilde hildegard hiroshi holger holly horst howard hubert hugh hugo humberto ian ibrahim ignacio igor ike ilaria ilona
ilse imke immanuel ines inga inge ingeborg ingo ingrid inka irena irene irina iris irma isaac isabel isabella isabelle
ivan ivana ivo izabela jack jackie jacob jacopo jacqueline jacques jaime jake jakob jakub james jamie jan jana jane
janet janice janina janine jared jaroslav jason jasper javier jay jean jeanette jeanne jeannie jeff jeffrey jelena jen
jenna jennifer jenny jens jeremy jerome jerry jesper jess jesse jessica jesus jill jim jimmy joachim joakim joan joanna
joanne joao jochen jodi jody joe joel joelle joerg joey johan johann johanna johannes john johnny jon jonas jonathan
jordan jordi jorg jorge jorn jose josef joseph josephine josh joshua joyce juan juanita judith judy juergen juha julia
julian juliana juliane julie julien juliet juliette julio jurgen justin justine jutta kai kaitlyn kaja kamil karel karen
karin karina karl karla karsten kasia kasper kat katarina katarzyna kate katerina katharina katherine kathleen kathrin
kathryn kathy katie katja katrin kay kayla keith kelly kelsey ken kendra kenji kenneth kerry kerstin kevin khalid kim
kimberly kirsten kirsty kjell klaas klara klaus klemens knut konrad konstantin krista kristen kristian kristin kristina
kristof krystyna krzysztof kurt kyle lara larry lars laszlo laura lauren laurence laurent laurie lea leah leandro lee
leigh lena leo leon leona leonard leonardo leonie leopold leslie leticia lewis liam lidia liesbeth lili liliana linda
lindsay lindsey linus lionel lisa lisbeth liselotte liz lloyd lorena lorenz lorenzo loretta lori lorraine lothar lotte
lou louis louise luc luca lucas lucia luciano lucie lucy ludovic ludwig luigi luis luisa lukas lukasz luke lutz lydia
lynn lynne maarten madeleine mads magda magdalena magnus maike maja malcolm malte mandy manfred manon manuel manuela
mara marc marcel marcella marcello marcelo marcin marco marcos marcus marek margaret margarita margit margot marguerite
maria mariana marianne marie mariella marija marijke marika marina mario marion marisa marissa marit marius marjorie
mark marko markus marlene marlies marta martha martin martina martine marvin mary mateo mateusz mathias mathieu mathilde
matilda mats matt matteo matthew matthias matthieu maud maureen maurice mauricio maurizio mauro max maxim maxime
maximilian maya megan mehmet meike melanie melinda melissa meredith merle michael michaela michal michel michele
micheline michelle mick miguel mika mikael mike mikhail mikko milan milena milos mimi mina miranda mireille miriam
mirjam mirko miroslav mitchell mohamed mohammed moira moises molly mona monica monika monique morgane moritz mustafa
myriam nadia nadine nadja nancy naomi natalia natalie nataly natascha natasha nathalie nathan nathaniel neal neil nelson
niall nicholas nick nico nicola nicolas nicole niels nigel nikhil niklas nikola nikolai nikolaus nils nina noah noel
nora norbert norman octavio odette olaf oleg olga oliver olivia olivier ondrej orla oscar oskar osvaldo otmar otto owen
pablo paige pam pamela paola paolo pascal pascale patrice patricia patricio patrick patrik patti patty paul paula
paulina pauline paulo pavel pawel pedro peggy penelope penny petar pete peter petr petra petri phil philip philipp
philippa philippe phillip phyllis pia pierre pieter pilar pinar piotr poul priscilla priya quentin quinn rachael rachel
rafael raffaele rainer raj rajesh ralf ralph ramon ramona randall randy raphael raquel raul ravi ray raymond rebecca
regina reinhard reinhold remi rena renata renate rene reto rhonda ricardo riccardo richard rick ricky riikka riitta rita
rob robert roberta roberto robin rocio roderick rodney rodolfo rodrigo roger roland rolf romain roman romy ron ronald
ronan ronja ronny rosa rosalind rose rosemarie rosie roswitha roxanne roy ruben rudi rudolf rudolph rupert russ russell
ruth ryan ryszard sabine sabrina sally salvador salvatore sam samantha samir samuel sandra sandrine sanjay santiago sara
sarah sascha saskia scott sean sebastian sebastien selena serena serge sergei sergio seth severin shane shannon sharon
shaun shauna shawn sheila shelby shelley sheri sherry shirley sibylle siegfried sigrid silke silvia silvio simon simona
simone siobhan slawomir sofia sofie solveig sonia sonja sophia sophie soren spencer stacey stacy stan stanislav stanley
stefan stefania stefanie stefano steffen stephan stephane stephanie stephen steve steven stewart stijn stuart sue susan
susana susann susanna susanne suzanne suzy sven svenja svetlana sybille sylvain sylvia sylvie takashi tamara tammy tania
tanja tanya tara tatiana tatjana terence teresa terri terry tess tessa thea thelma theo theodor theodore theresa therese
thibault thierry thilo thomas thorsten tiffany tilman tim timo timothy tina tobi tobias todd tom tomas tomasz tommy toni
tony tonya torben torsten tracey traci tracy travis trent trevor trina tristan trond troy trudy tuomas tyler udo ugo ulf
uli ulla ulrich ulrike umberto ursula ute uwe valentin valentina valeria valerie vanessa vera verena veronica veronika
veronique vicki vicky victor victoria viktor viktoria vincent vincenzo virginia virginie vittorio vivian viviana vivien
vladimir vojtech volker walter waltraud wanda wayne wendy werner wesley wiebke wilfried wilhelm will willem william
wilma winfried wojciech wolf wolfgang xavier xenia yann yannick yasmin yolanda yoshi yuki yvan yves yvette yvonne zach
zachary zoe zoltan zuzana
""".split()
)
