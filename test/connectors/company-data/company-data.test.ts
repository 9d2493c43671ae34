/** Questions to the sample company, from the words to the reply: verified ones, those that a model writes, and all that can go wrong. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { channel, type DataStage, openDataStage } from './data-stage.ts';

let stage: DataStage;
const { signal } = new AbortController();
beforeAll(async () => {
	stage = await openDataStage();
});
afterAll(() => stage.close());
afterEach(() => {
	stage.breaks.with = null;
	stage.entries.length = 0;
	stage.readers.length = 0;
	stage.models.requests.length = 0;
});

const sql = (text: string, more: object = {}) => ({ kind: 'sql', connector: 'almacen', sql: text, ...more });
const answer = (question: string, given: Parameters<DataStage['asking']>[1] = {}) =>
	stage.data.answer(stage.asking(question, given), signal);

describe('a verified question', () => {
	test('is answered without a model: number, table and receipt', async () => {
		const outcome = await stage.data.answerNamed(stage.asking('¿Cuántas bombas hay en Valencia?'), signal);
		expect(outcome?.text).toMatch(/^Unidades de una familia en un almacén \(familia: bomba, ciudad: Valencia\): \*\*\d+\*\*\n/);
		expect(outcome?.text).toMatch(/\n\| unidades \|\n\| ---: \|\n\| \d+ \|\n/);
		expect(outcome?.text).toMatch(
			/\n> 1 fila · datos del \d{4}-\d\d-\d\d \d\d:\d\d \(Europe\/Madrid\) · Almacén y ventas, con el rol sales · pregunta verificada «unidades-en-almacen»$/,
		);
		expect(stage.models.requests).toEqual([]);
		expect(stage.entries).toMatchObject([
			{ connector: 'almacen', role: 'sales', named: 'unidades-en-almacen', model: null, decision: 'answered', questionId: 'q' },
		]);
		expect(outcome?.query).toMatchObject({
			named: { given: { familia: 'bomba', ciudad: 'Valencia' } },
			views: expect.arrayContaining(['existencias']),
		});
	});

	test('says what it took a slip of the pen for', async () => {
		const outcome = await stage.data.answerNamed(stage.asking('¿Cuántas bombas hay en Valensia?'), signal);
		expect(outcome?.text).toContain('> Se ha supuesto: «valensia» se ha tomado por «Valencia»');
	});

	test('goes on from the one before', async () => {
		const before = await stage.data.answerNamed(stage.asking('¿Cuántas bombas hay en Valencia?'), signal);
		const frame = before?.query ? { question: 'before', query: before.query } : null;
		const after = await stage.data.answerNamed(stage.asking('¿Y en Sevilla?', { frame }), signal);
		expect(after?.text).toContain('(familia: bomba, ciudad: Sevilla): **');
	});

	test('is none where nothing fits surely', async () => {
		expect(await stage.data.answerNamed(stage.asking('¿Qué tal el día?'), signal)).toBeNull();
	});
});

describe('a question that a model writes a statement for', () => {
	const byCity = `select a.ciudad as ciudad, sum(e.unidades) as unidades from existencias e join almacenes a on a.id = e.almacen_id group by a.ciudad order by unidades desc`;

	test('is answered with a sentence, a table, a chart and what it assumed', async () => {
		stage.script(sql(byCity, { assumptions: ['Cuenta todas las familias'] }), { sentence: 'Hay existencias en cinco ciudades.' });
		const { text, kind } = await answer('¿Cuántas unidades hay en cada ciudad?');
		expect(kind).toBe('answered');
		expect(text).toMatch(/^Hay existencias en cinco ciudades\.\n\n\| ciudad \| unidades \|/);
		expect(text).toMatch(/\n\nGráfico: unidades por ciudad\. El mayor es [^,]+, con \d+\.\n\n```bars\nunidades\n/);
		expect(text).toContain('consulta escrita por el modelo fake-model y revisada antes de ejecutarla');
		expect(text).toContain('> Se ha supuesto: Cuenta todas las familias');
		expect(stage.entries).toMatchObject([{ named: null, model: 'fake-model', decision: 'answered' }]);
	});

	test('shows the table alone when the sentence says a number that is not there', async () => {
		stage.script(sql(byCity), { sentence: 'En total hay 99999 unidades.' });
		expect((await answer('¿Cuántas unidades hay en cada ciudad?')).text).toMatch(/^\| ciudad \| unidades \|/);
	});

	test('shows no model what is sensitive', async () => {
		stage.script(sql('select nombre as cliente, ciudad from clientes order by nombre'));
		expect((await answer('Lista de clientes')).text).toMatch(/^\| cliente \| ciudad \|/);
		expect(stage.models.requests).toHaveLength(1);
	});

	test('is told of the views that the asker may use and of no others', async () => {
		stage.script({ kind: 'refuse', reason: 'not-in-these-data' });
		const { text, kind } = await answer('¿Cuánto gana Ana Ruiz?', { role: 'ccb_employee' });
		expect({ text, kind }).toEqual({ text: 'En los datos que puedo consultar para ti no hay nada sobre eso.', kind: 'refused' });
		const [{ content = '' } = {}] = stage.models.requests[0]?.messages ?? [];
		expect(content).toContain('view existencias');
		expect(content).not.toMatch(/view clientes|view ventas|nominas/);
	});

	test('gets what was asked before with it', async () => {
		stage.script(sql(byCity), { sentence: 'Aquí están.' });
		const { query } = await answer('¿Cuántas unidades hay en cada ciudad?');
		stage.models.requests.length = 0;
		stage.script({ kind: 'clarify', question: '¿De qué familia?', choices: ['bomba', 'filtro'] });
		const { text, kind } = await answer('¿Y solo las pequeñas?', { frame: query === null ? null : { question: 'antes', query } });
		expect({ text, kind }).toEqual({ text: '¿De qué familia?\n- bomba\n- filtro', kind: 'clarified' });
		expect(stage.models.requests[0]?.messages.at(-1)?.content).toContain('group by a.ciudad');
	});
});

describe('bad input', () => {
	test.each([
		['away', new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }), 'La base de datos de Almacén y ventas no responde'],
		['slow', new BotError('TIMEOUT', 'slow'), 'ha tardado demasiado'],
		['with too many connections', new BotError('STORE_UNAVAILABLE', 'full', { reason: '53300' }), 'no responde'],
		['with an expired password', new BotError('CONFIG_INVALID', 'login'), 'su acceso no funciona'],
		['too costly', new BotError('TOO_LARGE', 'costly'), 'Pide menos'],
		['without a view', new BotError('NOT_FOUND', 'gone'), 'Almacén y ventas está en mantenimiento'],
	])('a database that is %s: one sentence with its name', async (_how, error, sentence) => {
		stage.breaks.with = error;
		stage.script(sql('select ciudad from almacenes'));
		const { text, kind } = await answer('Lista de ciudades');
		expect(kind).toBe('failed');
		expect(text).toContain(sentence);
		expect(stage.entries).toMatchObject([{ decision: 'failed', reason: error.code }]);
	});

	test('no rows: which value is nowhere, and what may be meant', async () => {
		const statement = "select nombre from productos where nombre = 'bomba AXX'";
		stage.script(sql(statement));
		const { text } = await answer('¿Hay bombas AXX?');
		expect(text).toMatch(
			/^En Almacén y ventas no hay nada de eso\. Allí nada tiene «bomba AXX» como Nombre comercial\. ¿Querías decir .*«bomba AX»/,
		);
	});

	test('no rows although all that is named is there', async () => {
		stage.script(sql("select id from pedidos where estado = 'cancelado' and enviado and fecha >= date '2026-01-01'"));
		expect((await answer('Pedidos cancelados ya enviados')).text).toContain('nada lo cumple todo a la vez');
	});

	test('a count of nothing that is there is nought', async () => {
		stage.script(sql("select count(*) as pedidos from pedidos where estado = 'cancelado' and enviado"));
		expect((await answer('¿Cuántos cancelados se enviaron?')).text).toMatch(/^pedidos: \*\*0\*\*/);
	});

	test('a count by a name that is nowhere is not nought', async () => {
		stage.script(sql("select count(*) as pedidos from ventas where cliente = 'Aguas del Turja'"));
		const { text } = await answer('¿Cuántos pedidos tiene Aguas del Turja?');
		expect(text).toContain('Allí nada tiene «Aguas del Turja»');
		expect(text).not.toContain('Aguas del Turia');
	});

	test('a sum over nothing is no data, never 0', async () => {
		stage.script(sql("select sum(precio) as total from productos where familia = 'motor'"));
		const { text } = await answer('¿Cuánto suman los motores?');
		expect(text).toMatch(/^En Almacén y ventas no hay datos de eso/);
		expect(text).not.toContain('**0**');
	});

	test('a division by zero is empty', async () => {
		stage.script(sql('select id, precio / (id - id) as parte from productos where id < 3 order by id'), { sentence: '' });
		expect((await answer('Divide')).text).toContain('| 1 | — |');
	});

	test('the future: until when there are data', async () => {
		stage.script(sql("select sum(unidades) as unidades from ventas where fecha >= date '2031-01-01'"));
		expect((await answer('¿Cuánto se venderá en 2031?')).text).toMatch(/Los datos de Día del pedido terminan el 2026-09-\d\d\./);
	});

	test('more rows than are read: the cap is said', async () => {
		stage.script(sql('select v.pedido, w.pedido as otro from ventas v cross join ventas w'), { sentence: '' });
		expect((await answer('Todo con todo')).text).toMatch(/> se ven 50 de las primeras 1\.000 filas de más/);
	});

	test('two connectors: they cannot be joined', async () => {
		stage.script({ kind: 'refuse', reason: 'several-connectors' });
		expect((await answer('Cruza el almacén con contabilidad')).text).toContain('no puedo unirlas');
	});

	test.each([
		['prose', ['No sé escribir SQL.', 'Lo siento.'], 'No he podido'],
		[
			'an invented view',
			Array.from({ length: 3 }, () => JSON.stringify(sql('select * from nominas'))),
			'Lo que no he encontrado: «nominas»',
		],
		['two statements', Array.from({ length: 3 }, () => JSON.stringify(sql('select 1; drop table almacenes'))), 'No he podido'],
		['another dialect', Array.from({ length: 3 }, () => JSON.stringify(sql('select `ciudad` from almacenes'))), 'No he podido'],
	])('a model that gives %s is not run, and the asker told', async (_what, said, sentence) => {
		stage.models.script(...said.map((text) => [{ type: 'text-delta', text } as const, endOfAnswer]));
		const { text, kind } = await answer('¿Cuánto gana cada cual?');
		expect(kind).toBe('refused');
		expect(text).toContain(sentence);
		expect(stage.entries).toMatchObject([{ decision: 'refused' }]);
	});

	test('a fence is taken off, and a wrong name mended with the next try', async () => {
		stage.script(sql('```sql\nselect poblacion from almacenes;\n```'), sql('```sql\nselect ciudad from almacenes order by ciudad;\n```'), {
			sentence: '',
		});
		const { text } = await answer('Lista de ciudades');
		expect(text).toMatch(/^\| ciudad \|\n\| --- \|\n\| A Coruña \|/);
		expect(stage.models.requests[1]?.messages.at(-1)?.content).toContain('unknown-column');
	});

	test('a value that is in no list goes back to the model with the nearest', async () => {
		stage.script(
			sql("select metros from almacenes where ciudad = 'valencia'"),
			sql("select metros from almacenes where ciudad = 'Valencia'"),
		);
		expect((await answer('¿Qué superficie tiene Valencia?')).text).toMatch(/^metros: \*\*800\*\*/);
		expect(stage.models.requests[1]?.messages.at(-1)?.content).toContain("'Valencia'");
	});
});

describe('whoever reads along', () => {
	test('decides what is answered in a channel', async () => {
		stage.readers.push('ccb_employee', 'ccb_sales');
		const inChannel = await stage.data.scopeOf(stage.asking('', { place: channel }), signal);
		expect(inChannel.hasMore).toBe(true);
		expect(inChannel.here.flatMap(({ bounds }) => bounds.relations.map(({ name }) => name))).toEqual([
			'almacenes',
			'productos',
			'existencias',
		]);
		const named = await stage.data.answerNamed(stage.asking('¿Cuántas bombas hay en Valencia?', { place: channel }), signal);
		expect(named?.kind).toBe('answered');
		expect(named?.query && (await stage.data.mayShow(stage.asking('', { place: channel }), named.query, signal))).toBe(true);
		stage.readers.push('ccb_guest');
		expect(named?.query && (await stage.data.mayShow(stage.asking('', { place: channel }), named.query, signal))).toBe(false);
	});

	test('keeps an answer out of the channel, which is told no more than that', async () => {
		stage.readers.push('ccb_guest');
		const { text, kind } = await answer('¿Cuántas bombas hay en Valencia?', { place: channel, words: english });
		expect({ text, kind }).toEqual({ text: english.companyData.privately, kind: 'private' });
		expect(stage.models.requests).toEqual([]);
	});

	test('without any role of a connector learns that there is nothing', async () => {
		const { here, hasMore } = await stage.data.scopeOf(stage.asking('', { role: 'ccb_admin' }), signal);
		expect({ here, hasMore }).toEqual({ here: [], hasMore: false });
		expect((await answer('¿Cuántas bombas hay en Valencia?', { role: 'ccb_admin' })).text).toBe(
			'En los datos que puedo consultar para ti no hay nada sobre eso.',
		);
	});
});

describe('the file of an answer', () => {
	test('is asked for again, under the rights of whoever wants it now', async () => {
		stage.script(sql('select nombre as cliente from clientes order by nombre'));
		const { query } = await answer('Lista de clientes');
		if (query === null) throw new Error('nothing was run');
		const given = await stage.data.fileOf(stage.asking(''), query, signal);
		if ('sentence' in given) throw new Error(given.sentence);
		expect(given.comment).toMatch(/^Almacén y ventas, a \d{4}/);
		expect(new TextDecoder().decode(given.file.bytes)).toBe(
			"cliente\r\nAguas del Turia\r\nCervezas Ría\r\nHotel Playa\r\nL'Horta Verda\r\nMinas del Sur\r\nPiscinas Sol\r\nPuerto Norte\r\nRiegos Ebro\r\n",
		);
		const gone = { sentence: expect.stringContaining('ya no se pueden volver a pedir') };
		expect(await stage.data.fileOf(stage.asking('', { role: 'ccb_employee' }), query, signal)).toEqual(gone);
		expect(await stage.data.fileOf(stage.asking(''), { ...query, revision: 'other' }, signal)).toEqual(gone);
		stage.breaks.with = new BotError('STORE_UNAVAILABLE', 'away');
		expect(await stage.data.fileOf(stage.asking(''), query, signal)).toEqual({ sentence: expect.stringContaining('no responde') });
	});
});

const endOfAnswer = { type: 'end', reason: 'stop', usage: { promptTokens: 1, outputTokens: 1, loadMs: null, generateMs: null } } as const;
