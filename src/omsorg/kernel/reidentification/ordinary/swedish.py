"""Everyday words of Swedish, out of our own sentences: what a sentence may begin with and name nobody."""

SWEDISH = """
acknowledge administratör adress adressen adresser adresserna agera agerar aktiv aktiva aktivitet aktivt aktuell
aldrig alla allas allmänheten allt alltid allvarliga alternativen andel andelen andra angavs ange anger anges angiven
angivet anmäla anmälan anmälans anmälda anmäldes anmälningar anmält annan annanstans annars annat annorlunda anropet
ansikte anställda anställdas anställningen ansvarar ansvarig ansvariga antagen antal antalet antas antecknas
anteckning anteckningar anteckningen antingen antogs använd använda användas använder användningen används använt
använts app apparat appen arbeta arbetar arbetas arbetat arbete arbetet arbetsbok arbetsdag arbetsdagar arkiv att
autentiseringsapp av avbröts avgjort avgör avgöra avgöras avgörs avklippt avses avsikt avskedades avslaget avslut
avsluta avslutad avslutade avslutades avslutar avslutas avslutat avslutats avslutning avstängda avstängningen avstängt
avtal avtalad avvisade bad bakom bakåt bara barn barnen barnet barnets barns barnskyddsmyndighet be bedöm bedöma
bedömas bedömd bedömda bedömdes bedömer bedömning bedömningar bedömningarna bedömningen bedöms bedömt befanns begär
begäran behåller behöva behöver behövs bekräfta bekräftad bekräftades bekräftar bekräftat bekräftats belopp beloppet
ber beror beräknad beräknade berätta berättade berättar berättas berättat berättats berättelse berörd berörda berördas
besked beskriver beskrivs beslut besluta beslutades beslutat beslutet bestrider bestritt bestäm bestämdes bestämma
bestämmer bestämt består besvara besvarad besvarade besvaras besvarat besök besöka besökare besökt besökta besökte
betalar betalningar bett betyder bevis bevisar bevisen beviset bifoga bifogade bifogar bifogas bifogat bilar bild
bilden bilder bilderna bindestreck binärt bjuda blad bladen bladet bland blanksteg blev bli blir blivit bokstav
bokstäver bokstäverna bor bord borde bort borta bortglömd borttagen borttaget borttagna bra bredare bredvid brett brev
breven brevet brist brott bruk bränsle bröts budget budgetar budgeten by byar bygger byts bäst bästa bättre båda både
böcker bör började början börjar börjat cell cellen celler cellerna chaufförer check chef chefer citattecken dagar
dagarna dagars dagen danska daterat dator datum datumet de decimaler definition definitionen del dela delade delar
delarna delas delen delvis dem den denna deras desamma dess dessa dessutom det detsamma detta dig din dina direkt
direktörer dit ditt djupet dock dokument dokumentation dokumentet dolt domare domstol domstolen dra dragits driver
drog drogs du där därefter därför därutöver då dåliga döljer dörrar efter efterfrågades efterfrågas eftersom efteråt
egen eget egna ej eller emellan emot en ena enda engelska enhet enheten enheter enkelt enligt ensam ensamt enskilda er
era erbjuden erbjöds ersatt ersatta ersatts ersätta ersätter ersätts et ett exakt exempel extra fadder faddrar faktor
faktorn fakturor fall fallet false falsk falska falskt familj familjemedlemmar familjer fann fanns fara faran fast
fastställt fastän federationens fel felskriven felskrivet fem fick fil filen filer filerna finger fingeravtrycket
finnas finns fler flera flertalet flesta flickor flyktingar flytt flytta flyttas flyttat flytten folk format formel
formulär formuläret fortfarande fortsätt fortsätter foto fram framför framkom framåt frekvens fri frivilligt frusen
fruset frusna frys frysa frysas fryser fryses fryst frysta frystes fråga frågade frågan frågar frågas frågat frågor
från frös fungerar fyll fylla fyllas fylls fyllt fyra fysisk fäder fält fältet färdigskrivet färre få får fått följde
följdes följer för föras förbjuder förblir fördela före förening föreningar föreningarna föreningarnas föreningen
föreslagen föreslagit föreslog föreslå förfallen förlorad förlorade förlorat förra förrän förseglat försenad försenade
försenat försening förseningen förslag först första förstå förstås försummelse försvinner försäkringsbolag försök
försöka fört förts förut förvalta förvaltare förvaltarna förvara föräldrar gamla gammal gammalt gavs ge genast genom
genomförd genomförda ger ges gett getts gick giltig giltigt gissa gissas givare given gjord gjorda gjorde gjordes
gjort gjorts global god goda godkänna godkännande godkännare godkännaren godkänner godkänns godkänt godta godtagen
godtagit godtagna godtas gott grader grannar granska granskad granskar granskare granskares granskas granskats
granskning granskningen gratis grenen grund grundar grundat grunden grupp gräns gränsen gränser gälla gällde gäller gå
gång gången gånger gångerna går gått gåtts göm gör göra göras görs ha hade halv halva halvan halvtimme halvår han hand
handlar handlägga handlägger handläggs hanterar har headern hel hela helhet helheten heller helst helt heltal hem
hemlighet hemligheten hemligt hemma hemmet hen henne heter historia hit hittad hittade hittades hittar hittat hittills
hjälp hjälpa hjälpas hjälpen hjälpt hjälpte hon honom hoplagt hos hot hunger hungriga hur hus huset husets hälften
hämta hända hände händelse händelsen händelser händelseteam händer hänger hänt här härifrån häva hävdes häver hävts
håll hålla hållas håller hållet hållit hållna hålls högre högst högsta högt höll hölls hör höra hörda hördes hört i
idag idé ifrågasatt ifrågasatta ifrågasätta ifrågasätter ifrågasätts ifyllt igen igenom ihop ikryssat in inbjudan
inbjuden indikator indikatorer indikatorerna indikatorn indikatorns indragen indragna inför inga ingen ingenstans
ingenting inget inloggad inloggning inloggningen inloggningssidan inlämnad inlämnade inlämnat inläst inlästa inmatade
inmatat innan inne innebär innehåller innehållet inom insamlat inställd intagen inte internationell internationella
internationellt intressekonflikt investigation ja jaet jag jobb juridisk just jämföra jämförs kakor kalendern
kalkylark kameran kan kanske kartan kassan kl klagomål klagomålet klamrar klart klistra klistrades klocka klockan
klockor kläder kläderna knappat knippa knippan knippor kockar kod koden koder kollega kollegan kolumn kolumnen
kolumner kolumnerna kom komma kommande kommat kommer kommission kommissionen kommit kommun kommuner komplett konstigt
kontaktperson kontaktpersonerna konto kontor kontoret kontot kontroll kontrollen kontroller kontrollera kontrollerad
kontrollerades kontrollerar kontrolleras kontrollerat kopia kopian kopierat kopior kort kortare korthet kraft kropp
kräver krävs kunde kunna kurser kvar kvart kvartal kvartalet kvartalets kvinnor kvitton källa källas känd kände känna
kännas kännedom känner känslomässig känt ladda lades lag lagda lagen lagret lagt lagts land landet landets landsnummer
larm ledamot ledare ledaren leder ledning ledningen leds ledsna letas leverantören leverantörer levererat lida ligga
ligger lika liknande linje lista listades listan listorna lita litar lite liten litet logga loggades loggar loggas
loggat loggats lokal longitud lovade lovades lovar lucka lyssna lyssnade lyssnar läge lägen lägg lägga läggas läggs
lägst lägsta läkare lämna lämnade lämnades lämnar lämnas lämnat lämnats länder längd länge längre länk länken lärare
lärde lärdes lärdom lärdomar lärdomen läs läsa läsaren läsas läsbart läser läses läsning läst läste lästes lästs lätt
lätta lättläst lättlästa låda lån lång långa långsammare långt lås låser låses låst låt låter löfte löften löftena
lögner lön löner löper löpte lösenfras lösenfrasen lösenfraser lösennyckel lösennyckeln lösennycklar lösenord
lösenordet makron man markerad markerade markerats maskinens mat mata matas matat maten med medan medarbetare meddela
meddelande meddelanden meddelas medel medelvärde medelvärdet medicin medicinen medicinsk medlem medlemmar megabyte
mellan mellanrum men menas mening meningar meningen mer mest midnatt mig milstolpe min mindre minnas minns minst minus
minut minuter misstag mitt mobiltelefoner morgonen mot motivera motiverade motiverat motivering motiveringar
motiveringen mottagaren mottagen mottagna musik mutor mycket myndighet myndigheter myndigheterna män människor märka
märket märkt mäter mäts mätt mätts mål målen målet månad månaden månader månaderna månaders många måste mödrar möjligt
mönstret mörkt namn namnet nationell nationella natt ned nedan nedanför nedlagd nedlagda nedre nedskrivet nej ner ni
nio nivå nivåer nivån nog noll nord norska nu nummer numret nuvarande ny nya nyare nyast nyaste nyckel nyckelknippa
nyckelknippan nyckelknippor nyckelknipporna nyckeln nycklar nycklarna nyligen nyss nytt nämn nämnare nämnas nämnd
nämner nämns när nästa nästan nät nätverk någon någons någonsin något några når nåtts oavsett objekt observationer
observerat och också oense ofarliga offentlig offentliga offentliggjord offentliggjorda offentliggjordes
offentliggjort offentliggjorts offentliggör offentliggöra offentliggörande offentliggörandet offentliggöras
offentliggörs offentligt offer officiell officiella ofta oklart okänd olika om ombedd ombedda ombeds ombudskontoret
ombudsperson ombudspersonen ombudspersoner ombudspersonerna ombudsrådet omfattar omfattning omkring omsorgspersoner
ord ordalydelse orden ordet ordning ordningen organisation organisationen organisationens organisationer
organisationerna organisations originalet oro oroade orolig oron orsak orsaken orsaker oss ovan ovanför ovissa
ovisshet ovisst packade packat panel paneler panelerna papper papperet partner partnerorganisation partners passar
passerat paus pekas pengar pengarna period perioden periodens perioder perioderna permanenta person personen personer
personerna personligen personligt plan planen planens planer planera planerad planerat plats platsen platser pojkar
polis polisen posten poäng prata precis prioriterad prioriterade procent procenttal program programmet programmets
programvara prova provades provet prövats psykologisk publiceras punkt punkter på påbörjad påbörjat pågår påhittade
påminnelse påmints påstående påståenden påstås påvisat rad raden rader radera raderades raderar raderas raderat
raderna rapport rapporten rapportens rapporter rapportera rapporterade rapporterades rapporterar rapporterat
rapporterats rapportör rapportören redan redo redogörelse referensen regel regeln region regional regionen registret
regler reglerna rekommendation rekommendationen rekommendationer rekommendationerna rekommendations rekommenderades
rekommenderar rekommenderas rekommenderat relevant resan reser resten resultat resultatet resurser retur reviderad
revision revisionen revisorer riktning ring ringar riskerar rita roll rollen roller rollerna rubrik rubrikerna
rubrikrad rum ruta rymmer räcker räckhåll rädda rädsla räkenskaper räkna räknad räknade räknades räknar räknas räknat
räknats räkningar räkningarna rätt rätta rättad rättade rättades rättas rättat rättats rättelse rådet röja röjer röjs
rörs röst rösten röstmeddelande röstmeddelanden sa sades sagt sagts sak saken saker saknas samlar samma sammanfogade
sammanlagt samtal samtidigt sant satt se sedan sedd sekretessen sekunder semikolon sena senare senast senaste sent ser
servern ses session sessioner sett sex sexuell sida sidan sidans sidled sidor sidorna siffra siffran siffror siffrorna
sig sikta sin sina sist sista sitt sitter sju sjuka sjuksköterskor själv själva självt ska skada skadade skadades
skadat skapa skapade skapar skapas skapats ske skicka skickade skickades skickar skickas skickat skickats skilda
skiljer skjuts skola skolan skolor skor skrev skrevs skript skriv skriva skrivas skrivbord skriven skriver skrivet
skrivit skrivits skrivna skrivs skräpposten skulder skull skulle skydd skyldiga skäl skälen skälet skärmen sköter slag
slags slut slutade slutar slutat slutdatum slutdatumet slutet slutligen slutsats slutsatsen släktingar släpa släpar
släppa släpps släppts slå sms små snabbare snart snitt social som sorts spann spara sparad sparade sparades sparar
sparas sparat sparats spelas språk språken språket stannar startades starten startsidan statistikmyndighet steg stege
stegen steget stilla stod stopp stoppades stoppas stor stora stort straff struken strukna stund stycke styrelsen
styrelser styrkt ställ ställa ställas ställd ställe ställen ställer stället ställs ställts stämde stämma stämmer stäng
stänga stängdes stängs stängt stå står stölder större summa summan svar svara svarade svarar svaras svarat svaren
svaret svenska svälla svåra svårt synligt syns syskon systemet säg säga sägas säger sägs säker säkerhet säkerhets
säkert sämsta sängar särskilt sätt sätta sätter sättet så sådan sådant såg ta tabell tabellen taget tagit tagits tal
tala talar talat talen talet tangentbord tappar tappat tar tas team teamet tecken tecknen tecknet telefon telefonen
telefonnumret text textdokument texten texter tid tiden tidigare tidigast tidpunkt tidsfristen till tillagd tillbaka
tillbakadraget tillfrågad tillfrågades tillfrågat tillfälliga tillhör tillkom tills tillsammans tillsynsmyndighet
tilltalas tillåter tillåtna timmar timme tio titel titta tittade tittar tittat tjänst tog togs tolv tom tomt topp
toppen totalen totalt tre trots true tryck tryckas trygg trygga träder trädet trädets träffade träffas träffat
träffats trötta tungt tur tusentalstecken tvillingar två typ typen täcka täcker täljare täljaren tätt undanhållet
undanhålls under underlag underlagen underrätta underrättade underrättar underrättas underrättelsen understreck
undersöks ung unga ungdomar upp uppdelning uppdelningen uppföljning uppföljningar uppförande uppförandekoden uppgett
uppgift uppgiften uppgifter uppgivet upphör upphöra upphört upplagda uppmätt uppnådd uppnås uppnått uppskattad
uppskattat uppsägningar upptagen ur ursprunglig ursprungligt ut utan utanför utbetalningar utbildning ute utelämna
utelämnas utelämnat utelämnats utestängd utestängning utgångsläge utgångslägen utifrån utkorgen utloggad utlovades
utlovat utlovats utnyttjande utom utred utreddes utreder utredning utredningen utreds utse utsett vad vakter vald
valde valen valts valuta valutakod valutan valutor vanlig vanliga vanvård var vara varandra varar vare varför varifrån
varit varje varken varnades varningar varorna vars vart vem vems verkan verkligen verktyg version vet veta vi via vid
vidare vilande vilka vilken vilket vill ville visa visade visar visas visat viss visst vittnen volontärer vore vuxen
vuxit vuxna vuxnas väg vägen väl välj välja väljer väljs vänta väntar väntat värde värden värdena värdet värre våld
våra vårdare vårt webbläsare webbläsaren webbplatsen webbplatsens webbsida ytterligare ägare ägaren äldre äldsta ämne
än ändra ändrad ändrade ändrades ändrar ändras ändrat ändrats ändring ändringar ändringen ändå ännu är ärende ärenden
ärendena ärendenummer ärendet ärendets även å ålder ångra år åren året årtal åsidosatt åt återbetalades återbetalda
återbetalt återställningskod återställningskoder återställningskoderna återstår återsända återsändas återsänder
återsänt återtagen återtaget återtogs återupptagna åtgärd åtgärden åtgärder åtgärderna åtta ö öga ögonblick önskade
önskan önskat öppen öppet öppna öppnad öppnade öppnar öppnas öppnat öppnats öst över överallt överblick övergrepp
överlämnade överlämnat översta övre
"""
