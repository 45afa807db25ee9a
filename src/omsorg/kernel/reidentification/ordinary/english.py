"""Everyday words of English, out of our own sentences: what a sentence may begin with and name nobody."""

ENGLISH = """
a able about above abuse accents accept accepted access according account accounts acknowledge act action actions
active activities activity acts add added addition address addressed addresses adds administrator adopted adoption
adult adults affected afraid after afterwards again against age aged ages ago agree agreed agrees ahead aktiv aktive
aktivitet alarm alike all allegation alleged allowance allowed allows almost alone along aloud already also although
always am amerudi among amount an anbefaling anbefalingen and andel anew angry another answer answered answers
answerspart antal antall any anybody anyhow anyone anything anyway anywhere apart app applicable application approve
approved approves ar archive are area arithmetic arrived as aside asked asking asks assent assign assigned association
associations at att attach attached attaches audit auditors authentication authenticator authorities authority autisme
av average averaged away back backup backups backwards bad bagud band bare barna barnevernfaglige base baseline
baselines bases basis be bears beaten beating became because become becomes beds been before began begin beginning
begins begun behind being bekymring believed belong belongs below bench beside besides beslutning best bestridt better
between bevis beyond bills bits blank blanks blev block board boards boat body boede book books both bound box boys
braces branch break breakdown brev bribes bring brings broken brought browser budget budgetpart budgets build builders
built but by bypasses byte bytes cache calendar call called caller callers calls came can cannot canonical capital
card care careful careless carer carers carries carry cars case cases cash cause cell cellnamed cells chain chained
chance change changed changes changing channel character characters check checked checkout checks child children
childrens choice choices choose chose chosen class clean cleaned clear clock clocks close closed closes closing
clothes code codes cold colleague colleagues collected colour colours column columns come comes comma command commands
commas commission compare compared compares comparison complained complains complaints complete completed component
components comprehensive computed computer computes concern concerned concerns conduct confidentiality confirm
confirmed confirms conflict connected connection connections constraint constraints contact content contest contested
contests contract contracts conversation cookie cookies cooks copied copies copy core correct corrected correction
corrections corrects cost costs could count counted counter counting countries country counts courses court coverage
covers crash crime cross crowded currencies currency current cut da damaged danger dark data database dataclasses date
dated dates day days deadline debts decide decided decides deciding decimal decimals decision decisions declared
declares default defined definisjon definition delay delayed delete deleted delivered deltagare den denominator
denominators depend depth der described describes description desk despite det detail device did die differ difference
differences different differently differs digest digits dimension direction directly directors disc disk dismissals
dismissed distance distinct divided do doctors document documented documentkept documents does dokumentation done
donor donors door doors doubt down download draft drafts draw drawing drawings drawn dresses driver drivers drop
dropped du due dull dump during duties duty each earlier earliest early easy edited edition editions effect efter egen
egne eight either eksempel eller elsewhere email embedded emergency employment empty en end ended endings endret ends
enligt enough enter entered enters entry equal er erase erased error erstattet estimate estimated et ever every
everybody everything everywhere evidence exact exactly example examples except excused exist exists expected expects
explains eye face fact factor factors facts fadder failure failures faktor fallen falling false families family far
fathers fault faults faulty fear federation feed fees felt fetched few fewer field fields figure figures figureshown
figurespart file files fill filled fills filter filters finally find finding findings finds finger fingerprint
fingerprints first fish fit fits five fixed flickor flood flows focal folder follow followed following follows food
for foranstaltninger forbids force forebyggende forecast foreign forening forget forgets forgotten form format former
forms forseglet forsinkelse forvalter forward found founds foundtold four fra framework free freeze freezes freezing
frist from front froze frozen frozenreport fru fuel full function functions funds further gallery galt gap gave gerne
get gets girls give given giver givers gives giving gjort glance global go goal god goes going gone good goods got
granted graphics great ground group grouped groups grow grows guard guarded guards guess guessed guesses had hair half
halves hand handed handing handle handled handles hands hang hangs happen happened happens har hard harm harmed
harmless harms has hash have having he head header heading headings heads health hear heard hears heavy held help
helped hendelse henstand her here hers herself hidden hide hides higher highest him his history hit hold holder
holding holds holdt hole home homes hot hour hours house housekeeper houses how however https hundred hunger hurt hvad
i id identifier idle if igen ikke immediately implemented import imported imports improve in incident incidentrow
incidents included indicator indicatorpart indicators indikator ingen inline inquiry inside inspectors installed
installs instance instant instead insults insurer inte interest international internet into invent invented
investigation invitation invited invoices is it its itself jana jobs joined joins journey journeys judge judged
judgements just justification justifications justified justifies keep keeping keeps kept kernel key keyboard keys kids
kilde kill kind kinds klages klokken knew know known knows komme kommet kommun kommune kontaktperson konto kontor
kontroll lack lacks ladder landsbyen langsommere language languages laptop large larger last lasts late lately later
latest launcher law lay layer lead leader leaders leadership leads leap learn learned learns least leave leaves
leaving led ledger left legal length less lesson let lets letter letters level levels library lie lies lift lifted
lifts light like line lines link linked links list listed listen listened listens lists little live lives load loaded
loads loans local lock locked locks log logs lokal long longer longest look looked looking looks lookup lose loses
lost lowest lukket machine macros made mail maj make makes manage management manager managers manages mandat mandate
mandates mangler many map marked marks mashua matter maybe me meals mean meaning means meant meanwhile measure
measured measures med media medical medicine meet megabytes member members memory men mend mended menu message
messages met middle midnight migrated migrates migration milestone million millisecond minor minors minus minute
minutes missed missing mistake mistyped model moment money month months moon more morning most mothers move moved
moves ms much municipalities municipality mur must mwezi myndighet name named names narrow narrowed narrows national
nature nb near nearest nearly necessary need needed needs neglect neighbours neither net network neutral never new
newcomer newer newest newspaper next night nightly nine no nobody node noget none nor not note notes nothing notice
notices noticetold nought now nowhere nr nu null number numbered numberpart numbers numerator numerators nurses
observation observed of off offentliggjort offered offers office officer officers official often og old older oldest
om ombuds ombudsperson ombudspersons omfang on once one ones oneself only open opened opening openness opens operation
operator oplyst oppgitt optional or ord order ordinary organisation organisationfigure organisationkind
organisationrow organisations original orphans os other others otherwise our ours ourselves out outbox outcome
outcomeshown outside over overdue overlap override overview overwritten owed own owner owners owns package packages
packed page pages paid pair pale panel panels paper parents part partly partner partners parts parttold pass passage
passed passes passkey passkeys passphrase passphrases password past paste pasted path pause pay payments pays people
percentage perhaps period periode periods person personal personer personlig persons phone phones photograph picture
pictures piece pieces piger place places plain plan planen planned planrow plans please plus point pointed points
police policies policy poor port possible post poster posters present press prevented print printed prints prioritised
private process processes program programme programmes programs promise promised promises proof proofs propose
proposed protection proved proves provider proxies proxy psql psychological public publication publish published
publishedaction publishedcase publisher publishers publishes punishment purpose put puts qualitative quarter quarters
queries query question questions queue quicker quietly quotation quote quotes raise raised raises ran random rapport
rate rated rates rather rating ratingkept ratingoractivity ratings ratingshown ratio reach reached reaches reaction
read readable reader readers reading reads real reason reasoninwords reasons receipts received receives reckoned
recognised recommendation recommendationpart recommendations recommended recommends record recorded recovery redefined
reference refugees refusals refuse refused refuses region regional register rehearse rehearsed relatives release
released releaser releasers releases releasing relevant reload rely remained remember reminder reminders removal
removed renamed reopened repaid replaced replaces replays replies reply report reportdocument reported reporting
reportrow reports request requests residents resources response responsible rest restore restored rests result retired
retning rettelse return returned returns review reviewer revise revised revises revision revisionkept revisions right
rights ring rings risk role roles rolle rolled rollup room rooms root round rounded row rows rule rules run running
runs rute safe safeguarding safety sag said sak salaries salt samaki same samtykke sat satt saved saw say saying says
school schools scope scopes score screen script scripts sealed seals search searched seat seats second seconds secret
security see seen sees selv send sende sending sends sent sentence sentences separated serial series serious serve
served server serves service session sessions set sets setting settings settled settles seven several shall shape
share shared shares sharing she sheet sheets shoes short shorten shorter should show showing shown shows shrunk shut
shuts shutting siblings side sides sig sign signals signature signed signing signs silence silent silently similar
since single site sits situation six sixteen skjult slette slip slips slow slower slowly small smaller smallest so
social socket software sold som some somebody someone something sometimes soon sorry sort sorted source space speak
speaks spent spoke spoken sponsor sponsors spor spreadsheet spreadsheets square src staff stage stake stand standard
standing stands standstill start started starts state stated statement states static statistics status stay stayed
stays steg step stepkept stepkind steps steptaken still stock stolen stood stop stopped stops stored stores straight
stranger struck style subject subjecttype substantiated such suggestion sum sumkept summary sums superseded supersedes
supervisors supervisory suppliers support suppressed sure survivors sv svar svarkode sw switch switched system systems
table tables tablet take taken takes taking tal talk talks tall tally tap target targets targetstate task tasks
teachers team tegn telephone tell teller tellers telling tells template templates temporary ten tense terms test tests
text texts than that the theft thefts their theirs them themselves then there therefore these they thing things third
this those though thousand thousands threads threat threats three threshold throttled through thus tick ticked tid til
tilbage tilbake tile till tiltag tiltak time timeline timerule times title to today together token tokens told
tolerance too took top torn total totals touch touched trace traces track tracker trail trained training transaction
translate translates travel tree triage tried tries trigger triggers trin trinn true trust trusted try turn turned
turns twelve twice twins two type typed udelukket ufunguo un under underscores understand understood undone unit units
unknown unless unlinked unlock unlocked unpaid unread unsent unsettled until untrained up upon upward us use used user
uses using usual usually utelukket valid value values vanish var ved vedtaget vedtatt vent verb verbs verdict
verdictshown verification verified verifier verifiers verifies verify version very vi victims videre view viktiga vil
vilande village villages violence vises visit visited visitors visits voice voices volunteer volunteers vouch vouched
vouches vurdering wages wait waiting waits walked walks wall walled walls want wanted wants warn warned warnings was
watched way ways we weather web week weekend weighed well went were what whatever when whenever where wherever whether
which while who whoever whole whom whose why wide width window wipe wiped wipes wish wished with withdrawal
withdrawing withdrawn withheld within without witnesses woman women won word wording words work workbook worked
workedcase worker working works worried worries worse worst worth would write writer writers writes writing written
wrong wrote year yearly years yes yet you young your yours yourself yourselves zero zeros
"""
