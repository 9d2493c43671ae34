/** Words, stems and languages, as search and citations share them. */

import { describe, expect, it } from 'vitest';
import { foldText, stem, textLanguageOf, words } from '#src/knowledge/text/stems.ts';

describe('words', () => {
	it.each<[string, string, string[]]>([
		['are folded', 'La SEÑALIZACIÓN, ¡ya!', ['la', 'senalizacion', 'ya']],
		['are letters and digits', 'SKU-4411/B: 3 uds.', ['sku', '4411', 'b', '3', 'uds']],
		['are what ligatures and wide letters stand for', 'ﬁn ＡＢ１', ['fin', 'ab1']],
		['have no soft hyphens and nothing without width', 'vaca\u00adcio\u200bnes', ['vacaciones']],
		['are joined where a line divided them', 'vaca-\nciones', ['vacaciones']],
		['keep what a hyphen joins apart', 'plug-in', ['plug', 'in']],
		['hold their apostrophe and lose a genitive', 'Don’t touch the company’s pumps', ['dont', 'touch', 'the', 'company', 'pumps']],
		['are none where nothing is said', ' … \n', []],
		['of other writing stay', 'Насос 東京', ['насос', '東京']],
	])('%s', (_, text, expected) => {
		expect(words(text)).toEqual(expected);
	});
});

describe('stems', () => {
	it.each<['es' | 'en', string]>([
		['es', 'señalización señalizacion señalizaciones'],
		['es', 'factura facturas facturar facturación facturado'],
		['es', 'aprobó aprobar aprobada aprobación'],
		['es', 'vacación vacaciones'],
		['es', 'contrato contratos'],
		['es', 'días día dia'],
		['es', 'reunión reuniones'],
		['es', 'solicitud solicitudes'],
		['es', 'pagar pago pagos pagará pagan'],
		['en', 'approve approved approves approving'],
		['en', 'policy policies'],
		['en', 'employee employees'],
		['en', 'running runs run'],
	])('are one in %s for %s', (language, forms) => {
		expect(new Set(words(forms).map((word) => stem(word, language))).size).toBe(1);
	});

	it('stay apart for different words', () => {
		expect(new Set(words('contrato factura pago reunión mesa precio').map((word) => stem(word, 'es'))).size).toBe(6);
	});

	it('are the word itself for codes, and where the language is not known', () => {
		expect(['b2b', 'a4s'].map((word) => stem(word, 'en'))).toEqual(['b2b', 'a4s']);
		expect(stem('facturas', null)).toBe('facturas');
	});
});

describe('the language', () => {
	it.each<['es' | 'en' | null, string]>([
		['es', 'Los empleados tienen 23 días de vacaciones al año.'],
		['en', 'Employees have 23 days of vacation a year.'],
		['es', 'La política de viajes cubre el taxi.'],
		['en', 'The travel policy covers taxis.'],
		['es', '¿Quién aprueba los gastos?'],
		['en', 'Who approves expenses?'],
		['es', 'El plugin de Slack y el roadmap están en el backlog.'],
		[null, 'SKU-4411'],
		[null, ''],
		[null, 'no'],
	])('is %s of: %s', (language, text) => {
		expect(textLanguageOf(text)).toBe(language);
	});
});

it('folds quotes, dashes and white space', () => {
	expect(foldText('«Así»\u00a0– “no’s”\n\nÑ')).toBe('"asi" - "no\'s" n');
});
