"""Given names that are common where blogs are written, to tell a person's name from a firm's of the same shape."""

from __future__ import annotations

# In lower case, without accents.
GIVEN = frozenset(
    """
aaron adam adrian agnes alan albert alejandro alessandro alex alexander alexandra alexandre alfred alice alicia alina
alison amanda amelie amy ana andre andrea andreas andres andrew angela angelika anita anja ann anna anne anneliese
annette annika antoine anton antonia antonio arne arnold arthur astrid axel barbara beate beatrice ben benjamin bernard
bernd bernhard bert bettina bill birgit bjorn bob bonnie brad brandon brenda brent brian bridget bruce bruno caitlin
camille carl carla carlo carlos carol carolin caroline carsten catherine cathy cecile celine charles charlotte chloe
chris christian christiane christina christine christoph christophe christopher cindy claire clara claudia claus colin
connie craig cynthia dan dana daniel daniela danielle danny dave david dean deborah denis dennis derek diana diane diego
dieter dirk dominik dominique donald donna doris dorothea doug douglas dylan edith eduardo edward eileen elena elisabeth
elise elizabeth ellen emily emma emmanuel enrique eric erica erich erik erika ernst esther ethan eugen eva evan evelyn
fabian fabio felix fernando florian francesca francesco francis francisco francois frank franz fred frederic friedrich
fritz gabriel gabriele gareth gary gavin geoff georg george gerald gerard gerd gerhard giovanni gisela giulia giuseppe
glenn gordon graham greg gregor gregory guillaume gunter gunther guy hannah hannes hans harald harry heather heidi heike
heiko heinrich heinz helen helena helga helge helmut hendrik henri henrik henry herbert hermann holger horst howard
hubert hugo ian ines ingo ingrid irene iris isabel isabelle ivan jack jacob jacqueline jaime jake jakob james jamie jan
jana jane janet janina jason javier jean jeff jeffrey jen jennifer jenny jens jeremy jerome jerry jesse jessica jesus
jill jim joachim joan joanna jochen joe joel joelle johan johann johanna johannes john jon jonas jonathan jordan jorg
joerg jorge jose josef joseph josh joshua juan judith juergen julia julian juliane julie julien jurgen jutta kai karen
karin karl karsten katarina kate katharina katherine kathleen kathrin kathryn katie katja katrin keith kelly ken kenneth
kerstin kevin kim kirsten klaus konrad kristian kristin kristina kristof kurt kyle lara lars laura lauren laurent lea
leah lee lena leo leon leonard leonie leslie linda lisa lorenz louis louise luca lucas lucia lucy luis luisa lukas luke
lutz lydia lynn madeleine manfred manuel manuela marc marcel marcin marco marcus margaret maria marianne mariana marie
marina mario marion mark marko markus marta martha martin martina mary mathias mathieu mats matt matthew matthias
maurice max maximilian megan melanie melissa michael michaela michal michel michele michelle miguel mike mirjam mohamed
monica monika moritz nadine nadja nancy natalia natalie nathan neil nicholas nick nicola nicolas nicole niels nigel
nikolaus nils nina noah nora norbert norman oliver olivia olivier oscar oskar otto owen pablo pamela paola paolo pascal
patricia patrick paul paula pauline pavel pedro penny peter petra phil philip philipp philippe pierre pilar piotr rachel
rafael rainer ralf ralph ramon randy raphael raul ray raymond rebecca regina reinhard renate rene ricardo richard rick
rita rob robert roberto robin roger roland rolf roman ron ronald rose roy rudolf russell ruth ryan sabine sabrina sally
sam samantha samuel sandra sara sarah sascha scott sean sebastian sergio seth shannon sharon shawn sheila silke silvia
simon simone sofia sonja sophia sophie stacy stefan stefanie stephan stephane stephanie stephen steve steven stuart sue
susan susanne suzanne svenja sven sylvia sylvie tamara tanja tara teresa terry theo theresa thierry thomas thorsten tim
timo timothy tina tobias todd tom tomas tommy toni tony torsten tracy travis udo ulf uli ulrich ulrike ursula ute uwe
valerie vanessa vera veronica veronika victor victoria viktor vincent virginia volker walter wanda wayne wendy werner
wilfried wilhelm will william winfried wolf wolfgang xavier yann yannick yves yvonne zach zachary
""".split()
)
