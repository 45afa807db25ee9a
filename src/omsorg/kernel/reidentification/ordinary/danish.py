"""Everyday words of Danish, out of our own sentences: what a sentence may begin with and name nobody."""

DANISH = """
accepteret acknowledge ad adgangskode adgangskoden adgangsnøgle adgangsnøgler adgangssætning adgangssætningen
adgangssætninger administrator adresse adressen adresser advaret advarsler af afbrudt afgjort afgør afgøre afgørelse
afgøres afhænger aflevere afleverede afleverer afleveres afleveret afskediget afslut afslutning afslutte afslutter
afsluttes afsluttet afslået aftalt afvist aktiv aktive aktivitet aktivt alarm alder aldrig alene alle allerede alles
alligevel almindelig almindelige alt altid alvorlige anbefaler anbefales anbefalet anbefaling anbefalingen
anbefalinger anbefalings andel andelen anden anderledes andet andre anførselstegn angiv angivelse angivet anmeldelsens
anmeldt anmodning ansatte ansattes ansigt anslået ansvar ansvaret ansvarlig ansvarlige ansættelsen antal antallet
anvendelsen app apparat appen arbejd arbejde arbejder arbejdes arbejdet arbejdsdag arbejdsdage ark arket arkiv at bad
bag bagefter bagud bange bare barn barnet barnets barns bed bede beder bedes bedre bedst bedste bedt bedømmes bedømt
begge begrund begrundelse begrundelsen begrundelser begrundet begyndelsen begynder begyndt begyndte behandle behandler
behandles beholder behøver bekræfte bekræfter bekræftet bekymrede bekymret bekymring bekymringen bekymringer beløb
beløbet beregnede beregnes beregnet beretning berørt berørte berørtes beskadiget besked beskeden beskeder beskriver
beskrives beskyttelse beslut beslutningen besluttet bestem bestemmer bestikkelse bestride bestrider bestrides bestridt
bestyrelsen bestyrelser besvare besvares besvaret besøg besøge besøgende besøgt besøgte betaler betalinger betalt
betyder bevis beviser beviserne beviset bilag biler billede billeder billederne billedet bindestreg bindestreger
binært blandt blev blevet blive bliver bogstav bogstaver bor bord bredere bredt brev breve brevet bringer browser brud
brudt brug bruger bruges brugt brugte brændstof budget budgetter budgettet bundt bundter bundtet burde bygger både
bøde bøger bør børn børnebeskyttelsesmyndighed børnene børns celle cellen celler cellerne chauffører check cifre
computer cookies da dage dagen dages dansk dateret dato datoen datoer de decimaler definition definitionen del dele
delen delene delt delvis delvist dem den dengang denne dens der derefter deres derfor derover dertil derudover desuden
det dets dette dig din dine direkte direktører disse dit dividere divideres dog dokument dokumentation dokumenter
dokumentet dommer domstol donor donorer drejede drenge driver drog du dybden dårlige dårligste dække dækker dér dør
døre efter efterprøve efterprøver efterprøvers efterprøves efterprøvet efterviser egen eget egne ej ejer ejeren
eksempel eksisteret ekstra eller ellers emne en end ende endelig endnu endte ene eneste engelsk enhed enheden enheder
enig enkelt enkelte ens enten er erfaring erfaringen erfaringer erstatte erstatter erstattes erstattet et etiske
fadder faddere faktor fakturaer false falsk falske familie familiemedlemmer familier fandt fare faren fast fastfrosne
fastfrosset fastfryse fastfryser fastfryses fastlagt fastsat fastsætte fejl felt felter feltet fem fik fil filen filer
filerne finde finder findes finger fingeraftrykket fire fjern fjerne fjerner fjernes fjernet flere flertallet fleste
flettet flygtninge flytning flytningen flytte flyttes flyttet folk for foran forbi forbliver forbyder fordele fordi
foreligger foreløbig forening foreninger foreningerne foreningernes foreslog foreslå foreslået foretaget forfalden
forfra forhold forholdsregel forholdsreglen forholdsregler forkert forkerte forlad forlade forladt forlod format
formel formular formularen forrige forseglet forsiden forsikringsselskab forsinkelse forsinkelsen forsinket
forskellige forslag forstået forstås forsvinder forsøg fortalt fortalte fortroligheden fortsat fortsætter fortæl
fortælle fortæller fortælles forvalte forvalter forvalterne forældre foto fra frem fremme fremover fremtiden fri
frigive frigivet frist fristen frivillige frosset frygt frys fulgt fundet fyldes fyringer fysisk få fået får fædre
færdig færdigt færre føderationens føjes føjet følelsesmæssig følge følger før fører først første ført galt gamle
gammel gammelt gang gange gangen gav gem gemme gemmer gemmes gemt gemte gendannelseskode gendannelseskoder genindlæs
genkendes genkendt gennem gennemført gennemgå gennemgået gennemsnit gennemsnittet genåbnes genåbnet gerne gik giv give
giver givere gives givet gjaldt gjorde gjort glemt globalt god gode godkende godkendelse godkendelsesapp godkender
godkenderen godkendes godkendt godt godtage godtaget grader gratis gren grund grunde grunden grundlag grundlagt
grundlægger gruppe grænse grænsen grænser gå gået går gæld gælde gældende gælder gætte gættes gør gøre gøres halv
halvdel halvdelen halve halvt halvår ham han handle handler har harmløse havde have headeren hedder hel hele helhed
heller helst helt hemmelighed hemmeligt hen hende hent hentet her herfra hertil herunder hinanden historie hjalp hjem
hjemmefra hjemmet hjulpet hjælp hjælpe hjælpen hold holde holder holdes holdet holdt hos hul hun hurtigere hus huset
husets huske husker hvad hvem hver hverken hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår hyppighed
hånden hændelse hændelsen hændelser hændelseshold hænger højere højest højeste højst højt høre hører hørt i idé ifølge
igen igennem ikke imellem imens imod ind indberette indberetter indberetteren indberettet inde indeholder inden
indholdet indikator indikatoren indikatorens indikatorer indikatorerne indlæser indlæses indlæst indsamlet indsatte
indsnævrer indsæt indtast indtaste indtastes indtastet indtil ingen interessekonflikt internationale internationalt
interval intet investigation invitation invitationen invitere inviteret ja jeg jer jeres juridisk kald kalenderen
kameraet kan kassen kede kende kender kendes kendt kendte kigger kilde kilder kildes kl klager klages klar klart
klippet kode koden koder kokke kollega kollegaen kolonne kolonnen kolonner kom komma kommaet komme kommende kommer
kommet kommission kommissionen kommune kommuner konklusion konklusionen kontaktperson kontaktpersonerne konto kontoen
kontor kontoret kontrakter kontrol kontrollen kontroller kontrollere kontrollerer kontrolleres kontrolleret kontrollér
kopi kopien kopier kopieret kort kortere kortet kraft krop kryds krydset kræver kræves krøllede kun kunne kurser
kursus kvartal kvartaler kvartalets kvarter kvinder kvitteringer lad lade lader lades lagde lageret lagt land lande
landekode landet landets landsby landsbyer lang lange langsommere langt lav lave laver laves lavest laveste lavet
ledelse ledelsen leder ledere lederen ledes let letlæst lette leverandører lidt lige ligge liggende ligger lignende
lille linje linjen linjer linjerne link linket liste listen listerne log logge logger logget login lokal lov lovede
loven lover lovet luk lukke lukkede lukkes lukket lukning lykkedes lytte lyttede lytter lån lås låser låses låst
lægehjælp læger lægges længde længdegrad længe længere længst lærere læring lært lærte læs læse læseligt læser læsere
læseren læses læsning læst løber løbet løfte løfter løfterne løgne løn lønninger mad maden magt mail mailserveren
makroer man mange mangel mangler markeret maskinens med medarbejdere meddeles medicin medicinen medlem medlemmer
megabyte meget melde meldinger meldt meldte mellem mellemrum mellemtiden men menes meningen mennesker mens ment mere
midler midlertidige midnat midt mig milepæl min mindet mindre mindst mine minus minut minutter mister mistet mit
mobiltelefoner mod modtagelsen modtageren modtaget modtagne morgenen mulighederne muligt musik myndighed myndigheder
myndighederne må måde måder mål målene måler måles målet målt måned måneden måneder måske mænd mærket mød mødes mødre
mødt mødte mønstret mørkt naboer nat national nationale nationalt navn navne navnet ned nedenfor nedenunder nedre nej
nem net netop netside netværk ni niveau niveauer niveauet nogen nogens nogensinde noget nogle nok nord norsk note
noten noter nu nul nummer nummeret nuværende ny nye nyere nyeste nylig nyt nå nåede nået når næste næsten nævn nævner
nævnere nævnes nævnt nødvendig nødvendigt nøgle nøglebundt nøglebundter nøglebundterne nøglen nøgler nøjagtig
nøjagtigt objekt observationer observeret offentlig offentlige offentliggjort offentliggjorte offentliggør
offentliggøre offentliggørelse offentliggørelsen offentliggøres offentligheden offentlighedens offentligt officiel
officielle ofre ofte og også om ombudskontoret ombudsperson ombudspersonen ombudspersoner ombudspersonerne ombudsrådet
omfang omfatter omkring område omsorgspersoner omsorgssvigt omstændigheder op opdage opdeling opdelingen opfundet
opfundne opfølgning opfølgninger opførsel opgaven opgivet ophæve ophæver ophævet ophøre opkaldes oplyses oplysninger
oplyst oppe oprette opretter oprettes oprettet oprindeligt opsagt optages ord ordene ordet ordlyd organisation
organisationen organisationens organisationer organisationerne organisations orientering originalen os otte ovenfor
ovenover over overalt overblik overgreb overskrift overskrifter overtager pakket panel paneler panelerne papir papiret
par parenteser partner partnere partneres partnerorganisation passe passede passer passeret pause penge pengene
periode perioden perioder perioderne permanente person personen personer personerne personligt piger pinkode placering
plads plan planen planens planer planlagt planlæg plans point politi politiet posten postkasse pr prioriterede
prioriteret procent procenter program programmer programmet programmets projektmappe præcis prøv prøve prøven prøvet
psykologisk punktum punktummer på påmindelse påstand påstande påstås påvises påvist rapport rapporten rapportens
rapporter rapporteret reaktion referencen regel region regionalt regionen registret reglen regler reglerne regne
regneark regnes regninger regningerne regnskaber rejsen rejser relevant ressourcer resten resultat resultater
resultatet ret retning rette rettelse retten retter rettes rettet retur revideret revision revisionen revisorer rigtig
rigtigt ring rolle rollen roller rollerne rude rummer rådet række rækkefølge rækken rækker rækkevidde røbe røber røbes
røres sag sagde sagen sagens sager sagsnummer sagt samlede samler samlet samme sammen sammenligne sammenlignes samtale
samtaler samtidig sand sandt sat script se seks seksuel sekunder selv selve selvom semikolon send sende sender sendes
sendt sendte sene senere senest seneste senge sent ser serveren ses session sessioner set sidder side siden sidens
sider siderne sides sidst sidste sig sige siger siges sigte sikker sikkerhed sikkerheds sikkert sin sine sit skade
skadede skal ske skema skemaet sker sket skete skifter skjuler skjult sko skole skolen skoler skrev skrevet skridt
skriv skrive skrivebord skriver skrives skub skulle skyld skylder skyldes skærmen slag slags slet slette sletter
slettes slettet slut slutdato slutning slutningen slutter sluttet slå slået slægtninge små snart snit social software
som sprog sprogene spurgt spurgte spørg spørge spørger spørges spørgsmål stadig starten startet statistikkontor sted
stede steder stedet stemme stemmen stige stille stilling stod stole stoler stop stoppes stoppet stor store stort straf
strafbart straks stykke stå stående stået står større sult sultne sum summen svar svare svarede svarene svarer svares
svaret svensk svulme svære svært syge sygeplejersker systemet syv så sådan særskilt sæt sætning sætninger sætte sætter
sættes søskende tabel tabellen tabt tag tage tager tages taget tal tale talebesked talebeskeder taler tallene tallet
talt tastatur tastet tegn tegnet tekst tekstdokument teksten tekster telefon telefonen telefonnummeret ti tid tide
tiden tidligere tidligst tidspunkt til tilbage tilbagebetalt tilbagebetalte tilbageholdt tilbudt tilfælde tilføjes
tilføjet tillader tilladt tilsammen tilsidesat tilstande tilsynsmyndighed tiltag tiltagene tiltaget tiltales time
timer ting titel tjekket to tog tolv tom tomt toppen tre trin trods true trukket trusler tryk trykt trådte træ træde
træder træet trætte tungt tur tusindtalstegn tvillinger tvivl tværs tyveri tælle tæller tællere tælleren tælles tæt
tøj tøjet uafklarede uafklaret uanset ud udbakken udbetalinger udbyderen ude udefra udelad udelades udeladt udeluk
udelukkelse udelukkes udelukket uden udenfor udfyld udfylde udfyldes udfyldt udgangspunkt udgangspunkter udgået
udløbet udnyttelse udpeg udpege udpeges udpeget udskriv udskudt udskydes uenig ukendt uklart under underligt
underretningen understreg understreger undersøg undersøgelse undersøgelsen undersøger undersøges undersøgt
undervisning unge ur ure uret uønsket vagter vagthavende valg valgfri valgt valgte valuta valutaen valutaens valutaer
valutakode var varer varerne ved vedhæfte vedhæfter vedhæftes vedhæftet vedkommende vedtagelsen vedtages vedtaget vej
vejen vente venter ventet version vi via vide videre vides vidner vil vilje vilkårlig ville virkelig virker virkning
vis vise viser vises vist viste voksen vokset voksne voksnes vold vores vurder vurdere vurderer vurderes vurderet
vurdering vurderingen vurderinger vurderingerne vægt væk vælg vælge vælger vælges værdi værdier være værelser været
værktøj værre webside yderligere å åben åbent åbn åbne åbnede åbner åbnes åbnet år årene året årsag årsagen årstal
ældre ældste ændr ændre ændrede ændrer ændres ændret ændring ændringen ændringer én ét øjeblik ønske ønskede ønsker
ønsket øst øverst øverste øvre
"""
