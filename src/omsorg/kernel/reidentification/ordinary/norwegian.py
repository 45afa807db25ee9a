"""Everyday words of Norwegian, out of our own sentences: what a sentence may begin with and name nobody."""

NORWEGIAN = """
acknowledge administrator adresse adressen adressene adresser advarsler advart akkurat akseptert aktiv aktive
aktivitet aktivt alarm alder aldri alene alle allerede alles alltid alt alvorlige anbefaler anbefales anbefaling
anbefalingen anbefalingene anbefalinger anbefalt andel andelen andre anførselstegn angitt anmeldt annen annerledes
annet ansatte ansattes ansettelsen ansikt anslått ansvar ansvaret ansvarlig ansvarlige antall antallet app apparat
appen arbeid arbeide arbeider arbeides arbeidet arbeidsbok arbeidsdag arbeidsdager ark arkene arket arkiv at atferd
autentiseringsapp av avbrutt avgjort avgjør avgjøre avgjørelse avgjørelsen avgjøres avhenger avkuttet avskjediget
avslutning avslutt avslutte avslutter avsluttes avsluttet avslått avtalt avvist ba bak bare barn barna barnet barnets
barnevernsmyndighet barns be bedre bedt bedømmes bedømt begge begrunn begrunnelse begrunnelsen begrunnelser begrunnet
begynnelsen begynner begynt begynte behandle behandler behandles beholder bekrefte bekrefter bekreftet bekymret
bekymring bekymringen bekymringer beløp beløpet ber beregnede beregnet beretning berørt berørte berørtes bes beskjed
beskriver beskrives beskyttelse best beste bestem bestemmer bestemt bestikkelser bestride bestrider bestrides bestridt
består besvare besvares besvart besøk besøke besøkende besøkt besøkte betaler betalinger betalt betyr bevis bevisene
beviser beviset bilag bilde bildene bilder bildet biler bindestrek bindestreker binært blant ble bli blikk blir blitt
bokstav bokstavene bokstaver bor bordet bort borte bra bredere brev brevene brevet brudd bruk bruker brukes
bruksområdet brukt brukte brutt budsjett budsjetter budsjettet burde bygger både bøker bør celle cellen cellene celler
check da dagen dagene dager dansk datert dato datoen datoer de definisjon definisjonen deg dekke dekker del dele delen
delene deler deles delt delvis dem den denne dens der dere deres derfor desimaler dessuten det dette din dine
direktører disse dit ditt dokument dokumentasjon dokumenter dokumentet dommer domstol driver drivstoff du dybden
dårlige dårligste dør dører egen egenvurderingen eget egne ei eier eieren eksempel eksempelet ekstra eldre eldste
eller ellers emne en ende endelig endre endrede endrer endres endret endring endringen endringene endringer endte ene
engelsk enhet enheten enheter enig enkelt enkelte enn ennå enten er erstatte erstatter erstattes erstattet et etiske
ett etter etterprøvd etterprøve etterprøver etterprøvers etterprøves etterpå fadder faddere faktor faktoren fakturaer
fall false falsk falske familie familiemedlemmer familien familier fant fantes fare faren fast faste fastsatt
fastsette fedre feil feilskrevet felt feltet fem ferd ferdig fikk fil filen filene filer finger fingeravtrykket finne
finner finnes fire fjern fjerne fjernet flere flertallet fleste flyktninger flytte flyttes flyttet flytting flyttingen
folk for foran forblir forbyr fordele fordi foreldre foreligger foreløpig forening foreningen foreningene foreninger
foreslo foreslå foreslått forespørsel forfalt forhold forlate forlatt format formel forrige forseglet forsiden
forsikringsselskap forsinkelsen forsinket forskjellige forslag forstå forstås forstått forsvinner forsøk fortalt
fortalte fortell fortelle forteller fortelles fortroligheten fortsatt fortsetter forvalte forvalter forvalterne fra
fram frem fri frigi frigitt frist fristen frivillige frosset frykt frys fryse fryser fryses fryst fryste frøs fulgt
fullstendig funn funnet fyll fylle fylles fylt fysisk få får fått færre føderasjonen følelsesmessig følger før føre
fører føres først første ført førte ga galt gamle gammel gammelt gang gangen ganger gi gikk gir gis gitt giver givere
gjaldt gjeld gjelde gjelder gjem gjenkjent gjennom gjennomført gjennomsnitt gjennomsnittet gjenopprettingskode
gjenopprettingskodene gjenopprettingskoder gjenstår gjenåpnes gjenåpnet gjette gjettes gjorde gjort gjør gjøre gjøres
glemt globalt god gode godkjenne godkjenner godkjenneren godkjennes godkjenning godkjent godt godta godtatt grader
gransking granskingen gratis grenen grense grensen grenser grunn grunnen grunnene grunnlag grunnlaget grunnlagt
grunnlegger gruppe gutter gyldig gå går gått ha hadde halvdel halvdelen halve halvparten halvt halvtime halvår ham han
handle handler har harmløse headeren hel hele helhet helheten heller helst helt hemmelig hemmeligheten hende hendelse
hendelsen hendelsene hendelser hendelsesteam henger henne hensyn hent hentet her heretter herfra heter historie
historien hit hittil hjalp hjelp hjelpe hjelpen hjem hjemmet hjulpet hold holde holder holdes holdt hos hull hun hus
huset huske husker hva hvem hver hverandre hvert hvilke hvilken hvilket hvis hvor hvordan hvorfor hyppighet hånd høre
hører hørt høyere høyest høyeste høyst høyt i idé ifølge igjen ikke imellom imens imot indikator indikatoren
indikatorene indikatorer informasjonskapsler ingen ingenting inn inne inneholder innen innenfor innholdet innlogget
innlogging innloggingssiden innsamlet interessekonflikt internasjonale internasjonalt intervall intet investigation
invitasjon invitasjonen invitere invitert ja jeg jenter jobb juridisk kalenderen kallet kameraet kan kanskje kartet
kassen kilde kilden kjenne kjenner kjennes kjent kjente kl klagen klager klages klar klart klokke klokken klokker klær
klærne knippe knipper knippet kode koden kodene koder kokker kollega kollegaen kolonne kolonnen kolonnene kolonner kom
komma kommaet komme kommende kommer kommet kommisjon kommisjonen kommune kommunen kommuner konklusjon konklusjonen
kontaktperson kontaktpersonen kontaktpersonene konto kontoen kontor kontoret kontrakter kontroll kontrollen kontroller
kontrollere kontrollerer kontrolleres kontrollert kopi kopien kopier kopiert kort kortere kraft krever kreves kropp
krysset krøllparenteser kunne kurs kvartal kvartalene kvartaler kvartalet kvartalets kvarter kvinner kvitteringer la
lag lage lager lageret lages laget lagrer lagres lagret lagt land landet landets landkode landsby landsbyer lang lange
langsommere langt lar last lavest laveste ledelse ledelsen leder ledere lederen ledet leger legg legge legger legges
lei lengde lengdegrad lenge lenger lengre lengst lenke lenken les lese leselig leser leseren leses lesing lest leste
letes lett lette lettlest lettleste leverandøren leverandører levere leverer leveres levert leverte lide ligge
liggende ligger lignende like likevel lim limt linje linjen linjene linjer liste listen listene lite liten litt logg
logge logger logget lokal lot lov loven lover lovet lukk lukke lukkede lukkes lukket lytte lytter lyttet lån lås låser
låses låst lærdom lærdommen lærdommer lærere læring lært lærte løfte løftene løfter løgner lønn lønninger løper løpet
løpt makroer man mange mangel mangler maskinens mat maten med medarbeidere medisin medisinen medisinsk medlem
medlemmene medlemmer meg megabyte melde meldes melding meldingen meldingene meldingens meldinger meldt meldte mellom
mellomrom mellomtiden men menes meningen menn menneske mennesker mens ment mer merket midler midlertidige midnatt midt
milepæl min mindre mine minst minus minutt minutter mister mistet mitt mobiltelefoner morgenen mot mottakeren mottatt
mottatte mulig mulighetene musikk mye myndighet myndighetene myndigheter må mål målene måler måles målet målt måned
måneden månedene måneder måte måten måtene måter mødre mønsteret mørkt møtes møtte møttes naboer nasjonal nasjonale
nasjonalt natt navn navnet ned nedenfor nedlagt nedlagte nedre nei neste nesten nett nettleser nettleseren nettopp
nettside nettstedet nettverk nevn nevner nevnere nevnes nevnt ni nivå nivåer nivået noe noen noens nok nord norsk
notat notater notatet notert null nummer nummeret ny nye nyere nyeste nylig nytt nå nådd når nås nåværende nødvendig
nøkkel nøkkelen nøkkelknippe nøkkelknippene nøkkelknipper nøkkelknippet nøklene nøkler nøyaktig objekt observasjoner
observert offentlig offentlige offentliggjort offentliggjorte offentliggjør offentliggjøre offentliggjøres
offentliggjøring offentliggjøringen offentligheten offentlighetens offisiell offisielle ofre ofte og også om ombud
ombudskontoret ombudsperson ombudspersonen ombudspersonene ombudspersoner ombudsrådet omfang omfatter omkring
omsorgspersoner omsorgssvikt opp oppdage oppdeling oppdelingen oppdiktede oppe oppfølging oppfølginger oppgaven oppgi
oppgis oppgitt oppheve opphever opphevet opphøre opplysningene opplæring oppnevn oppnevne oppnevnt opprette opprettet
opprinnelig oppsigelser opptil ord ordene ordet ordlyd organisasjon organisasjonen organisasjonene organisasjonens
organisasjoner orientering originalen oss ovenfor over overalt overfor overgrep overlevert overleverte overskrift
overskriftene overskrifter pakket panel panelene paneler papir papiret partner partnere partnerorganisasjon passer
passert passnøkkel passnøkkelen passnøkler passord passordet passordfrase passordfrasen passordfraser pause pekes
pengene penger periode perioden periodene perioder person personen personene personer personlig plan planen planens
planer planlagt planlegg plass plassen plassering poeng politi politiet posten postkasse prioritert prioriterte
program programmer programmet programmets programvare prosent prosenter prøv prøvd prøve prøven psykologisk punktum på
påbegynt påminnelse påminnet påstand påstander påstås påvises påvist rad raden rader rapport rapporten rapportene
rapporter rapportere rapporterer rapporteringsansvarlige rapportert rapporterte rart raskere reaksjon redde referansen
regel regelen region regionalt regionen registeret reglene regler regne regneark regnes regnet regningene regninger
regnskap reisen reiser rekke rekkefølge rekkefølgen rekkevidde relevant ressurser resten resultat resultatet retning
rett rette rettelse retten rettes rettet retur revidert revisjon revisjonen revisorer riktig ring rolle rollen rollene
roller rom rommer rute rådet røpe røper røpes røres sa sagt sak saken sakene sakens saker saksnummer samlede samler
samlet samme sammen sammenligne sammenlignes samtale samtaler samtidig sann sant satt se seg seks seksuell sekunder
selv selve semikolon send sende sender sendes sendt sendte sene senere senest senger sent ser serveren ses setning
setninger sett sette setter settes si side siden sidene sier sies sifre sifrene sikker sikkerhet sikkerhets sikkert
sikte sin sine sist siste sitt sitter sjekket sju sjåfører skade skadet skal skifter skje skjedd skjedde skjema
skjemaet skjer skjermen skjuler skjult sko skole skolen skoler skrev skrevet skript skriv skrive skrivebordet skriver
skrives skulle skyld skylder skyldes skyv slag slags slektninger slett slette sletter slettes slettet slik slike slikt
slippe slipper slutt sluttdato slutten slutter sluttet slå slått små snakk snakke snakket snart snevrer snitt som
sosial språk språkene språket spurt spurte spør spørre spørres spørsmål spørsmålene starten startet statistikkbyrået
sted steder stedet steg stemme stemmen stemmer stemte steng stenge stenges stengt stige stille stilling sto stole
stoler stopp stoppes stoppet stor store stort straff straffbart straks stund stykke styrer styret stå stående står
større sult sultne sum summen svar svare svarene svarer svares svaret svart svarte svensk svulme syke sykepleiere
synlig systemet syv så særskilt søppelposten søsken ta tabell tabellen talemelding talemeldinger taler tall tallene
tallet talt tapt tar tas tastatur tastet tatt team teamet tegn tegnene tegnet tekst tekstdokument teksten tekster
telefon telefonen telefonnummeret telle teller tellere telleren telles telt tett ti tid tide tiden tidligere tidligst
tidspunkt til tilbake tilbakebetalt tilbakeholdt tilbudt tilfeller tillater tillatt tillegg tilstander
tilsynsmyndighet tiltak tiltakene tiltaket tiltales time timer ting tittel to tok tolv tom tomt toppen totalen trakk
tre treet trenger trengs trer trinn trinnene tross true trukket trusler trygg trygge trykk trykt trøtte tungt tur
tusenskille tvers tvil tvillinger type typen tyveri uansett uavklart uavklarte uenig ukjent uklart ulike under
understrek understreker undersøk undersøkelse undersøkelsen undersøker undersøkes undersøkt undervisning ungdommer
unge ungt usant ut utbetalinger utboksen ute utelat utelates utelatt uten utenfor utenfra utestenging utestengningen
utestengt utgangspunkt utgangspunkter utgått utløpt utnytting utsatt utsettes vakter vakthavende valgene valgfritt
valgt valgte valuta valutaen valutaer valutakode vanlig vanlige vanskelig vanskelige var vare varene varer varselet
ved vedkommende vedtaket vedtas vedtatt vei veien vekt velg velge velger velges vent vente venter ventet verdi verdien
verdiene verdier verken verktøy vern verre versjon vet vi via videre vidt vil vilje ville virkelig virker virkning vis
vise viser vises vist viste vite vitner voksen voksne voksnes vokst vold vurder vurdere vurderer vurderes vurdering
vurderingen vurderingene vurderinger vurdert vår våre vårt være vært ytterligere å åpen åpent åpne åpner åpnes åpnet
år årene året årsak årsaken årstall åtte én økt økter ønske ønsker ønsket øst øverst øverste øvre øyeblikk
"""
