/** What people call kinds of documents in Spanish and English, and how files of that kind are named. Pure. */

/** The words for it in a question, as `foldText` gives them, and a regular expression of PostgreSQL that fits the folded names of such files. */
const kinds: readonly (readonly [words: string, pattern: string])[] = [
	['informe, informes, reporte, report, reports', '\\m(inform|report)'],
	['acta, actas, minuta, minutas, minutes', '\\m(acta|minut|meeting|reunion)'],
	['manual, manuales, manuals, handbook, handbooks', '\\m(manual|handbook)'],
	['guia, guias, guide, guides', '\\m(guia|guide)'],
	[
		'tarifa, tarifas, lista de precios, listado de precios, hoja de precios, price list, price lists, price sheet',
		'\\m(tarifa|price|precios)',
	],
	['politica, policy', '\\m(politica|policy|policies)'],
	['norma, standard', '\\m(norma|standard)'],
	['procedimiento, procedure', '\\m(procedimiento|procedure)'],
	['instruccion, instruction', '\\m(instruccion|instruction)'],
	['contrato, contract, agreement', '\\m(contrato|contract|agreement|acuerdo)'],
	['ficha de seguridad, hoja de seguridad, safety data sheet, safety sheet, sds', '\\m(ficha de seguridad|hoja de seguridad|safety|sds)'],
	['hoja de datos, ficha tecnica, data sheet, datasheet', '\\m(hoja de datos|ficha tecnica|data ?sheet|datos)'],
	['nota tecnica, engineering note, technical note', '\\m(nota tecnica|engineering note|technical note)'],
	['notas de version, release notes', '\\m(notas de version|release notes)'],
	['presentacion, diapositivas, slides, deck, presentation, powerpoint', '\\.(pptx?|odp)\\M|\\m(presentacion|slides|deck)'],
	['excel, hoja de calculo, libro de excel, spreadsheet, workbook, csv', '\\.(xlsx?|xlsm|ods|csv|tsv)\\M'],
	['word, documento de word, word document', '\\.(docx?|odt|rtf)\\M'],
	['pdf', '\\.pdf\\M'],
	['correo, hilo de correo, email, e-mail, mail', '\\.(eml|msg)\\M|\\m(correo|mail)'],
	['calendario, calendar', '\\m(calendario|calendar)'],
	['menu, menus', '\\mmenu'],
	['plan, planes, plans', '\\mplan'],
	['presupuesto, budget', '\\m(presupuesto|budget)'],
	['catalogo, catalogue, catalog', '\\m(catalog)'],
	['registro, register, log', '\\m(registro|register|log)'],
	['listado, lista, list', '\\m(listado|lista|list)'],
	['condiciones, terms', '\\m(condiciones|terms)'],
	['factura, invoice', '\\m(factura|invoice)'],
	['oferta, offer, quotation, quote', '\\m(oferta|offer|quot)'],
	['transcripcion, transcript', '\\m(transcripcion|transcript)'],
];

const byFirstWord = Map.groupBy(
	kinds.flatMap(([words, pattern]) => words.split(', ').map((phrase) => ({ phrase: phrase.split(' '), pattern }))),
	({ phrase }) => phrase[0],
);

/** The longest that begins at this word, with how many words it takes; null where none does. */
export function kindAt(words: readonly string[], at: number): { length: number; pattern: string } | null {
	const fitting = (byFirstWord.get(words[at]) ?? []).filter(({ phrase }) => phrase.every((word, index) => words[at + index] === word));
	const longest = fitting.toSorted((one, other) => other.phrase.length - one.phrase.length)[0];
	return longest === undefined ? null : { length: longest.phrase.length, pattern: longest.pattern };
}
