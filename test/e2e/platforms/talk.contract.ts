/** What the bot makes of what people and other apps say beside it, on every platform. */

import { expect, it } from 'vitest';
import type { Answer } from '#test/emulators/ollama/types.ts';
import { wordFile, wordParagraph, workbookFile } from '#test/knowledge/files/office.ts';
import { pdfFile } from '#test/knowledge/files/pdf.ts';
import { eventually } from '../eventually.ts';
import { type ModelRequest, modelRequests } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { askedBy, type Company, whole } from './company.ts';
import type { Answer as Shown } from './stage.ts';

/** `company` runs already, and its model says something to everybody. */
export function describeTalk(company: () => Company): void {
	it('is answered after an edit that names the bot, once, and is known as it was edited last', async () => {
		const { stage, program } = company();
		const room = stage.openRoom('channel');
		const said = await stage.talk({ room, text: question('what is a chair') });
		const asked = await askedBy(company(), () => stage.callByEdit(said, question('what is a table')));
		expect(asked.body.messages?.at(-1)?.content).toBe(question('what is a table'));
		await stage.callByEdit(said, question('what is a cupboard'));
		await eventually(() => stage.hasDelivered());
		await settled(program);
		const next = await askedBy(company(), () => stage.ask({ room, text: question('and a lamp'), after: said }));
		expect(next.text).toContain('cupboard');
		expect(next.text).not.toMatch(/table|chair/);
		await eventually(() => stage.answers(said).filter(({ isOpen }) => !isOpen).length === 2);
	});

	it('is overheard since the last answer where people say it to each other, or another app to them, and is not answered', async () => {
		const { stage } = company();
		const room = stage.openRoom('channel');
		const [anna, bea] = [room.asker, stage.colleagueIn(room)];
		const first = await stage.ask({ room, text: question('we move to another office') });
		await whole(company(), first);
		const before = modelRequests(company()).length;
		const asking = await stage.talk({ room, user: anna, to: bea, text: 'which day suits you?', after: first });
		const answering = await stage.talk({ room, user: bea, to: anna, text: 'Thursday the 12th', after: asking });
		await stage.alert('Lift out of order', answering);
		const request = await askedBy(company(), () => stage.ask({ room, text: question('so which day do we move'), after: first }));
		expect(modelRequests(company())).toHaveLength(before + 1);
		const overheard = overheardIn(request);
		expect(overheard.map(({ text }) => text)).toEqual([
			expect.stringContaining('which day suits you?'),
			expect.stringContaining('Thursday the 12th'),
			expect.stringContaining('Lift out of order'),
		]);
		expect(new Set(overheard.map(({ from }) => from)).size).toBe(3);
	});

	it('is read by its link where the asker may read it, and cited', async () => {
		const { stage, program, ollama } = company();
		const room = stage.openRoom('channel');
		const bea = stage.colleagueIn(room);
		const said = await stage.talk({ room, user: bea, text: 'The spare pump is in Lima' });
		const elsewhere = stage.openRoom('channel');
		ollama.answer(readsLinks);
		const link = stage.linkTo(said);
		const asked = await stage.ask({ room, user: bea, text: question(`where is the pump? ${link}`) });
		const outside = await stage.ask({ room: elsewhere, text: question(`and where is this one? ${link}`) });
		await eventually(() => [asked, outside].every((one) => stage.answers(one).some(({ isOpen }) => !isOpen)));
		ollama.answer(answerText(8));
		await settled(program);
		const [answer] = stage.answers(asked) as [Shown];
		expect(answer.text).toMatch(/It is in Lima \\?\[1]\./);
		expect(stage.sources(answer)).toMatchObject([{ position: 1, url: expect.stringContaining(new URL(link).pathname) }]);
		const told = modelRequests(company()).map(({ body }) => body.messages?.at(-1)?.content ?? '');
		expect(told.filter((text) => text.includes('"text":"The spare pump is in Lima"'))).toHaveLength(1);
		expect(told.filter((text) => text.startsWith('{"tool_failed"'))).toHaveLength(1);
		expect(stage.sources(stage.answers(outside)[0] as Shown)).toEqual([]);
	});

	it('is answered from a PDF, a workbook and a Word file that come with it, in the same turn, and cites them', async () => {
		const { stage, program, ollama } = company();
		ollama.answer(citesFiles);
		const text = question('¿cuánto cuesta la bomba, cuántas vacaciones tiene Ana y quién firma el contrato?');
		const asked = await stage.ask({ room: stage.openRoom('direct'), text, files: dropped });
		const answer = await eventually(() => stage.answers(asked).find((one) => one.text.includes('412,50') && !one.isOpen));
		ollama.answer(answerText(8));
		await settled(program);
		for (const told of ['412,50', '23 laborables', 'Lucía Vidal']) expect(answer.text).toContain(told);
		const sources = stage.sources(answer);
		expect(sources).toHaveLength(3);
		for (const [at, { name }] of dropped.entries()) expect(JSON.stringify(sources[at])).toContain(name);
	});
}

/** As people drop them, with what each of them says. */
const dropped = [
	{ name: 'precios.pdf', mediaType: 'application/pdf', content: pdfFile([['Tarifa'], ['La bomba BL-300 cuesta 412,50 euros.']]) },
	{
		...{ name: 'vacaciones.xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
		content: Buffer.from(
			workbookFile({
				Equipo: [
					['Persona', 'Vacaciones'],
					['Ana', '23 laborables'],
				],
			}),
		),
	},
	{
		...{ name: 'contrato.docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
		content: Buffer.from(wordFile(wordParagraph('Firma', 'Heading1') + wordParagraph('El contrato lo firma Lucía Vidal.'))),
	},
];

/** A model that says what it was given of each file, with the mark of that passage. */
const citesFiles: Answer = ({ messages = [] }) => {
	const lines = messages.flatMap(({ content }) => content.split('\n')).filter((line) => line.startsWith('{"cite_as"'));
	const passages = lines.map((line) => JSON.parse(line) as { cite_as: string; text: string });
	const told = passages.filter(({ text }) => /412,50|23 laborables|Lucía/.test(text));
	return told.map(({ cite_as, text }) => `${text.split('\n').at(-1)?.replace(/\.$/, '')} ${cite_as}.`).join(' ');
};

/** A model that reads a link when it is asked of one, and cites what it read. */
const readsLinks: Answer = ({ messages = [] }) => {
	const last = messages.at(-1);
	if (last?.role === 'tool') return 'It is in Lima [1].';
	const link = /https:\/\/\S+/.exec(last?.content ?? '')?.[0] ?? '';
	return { tokens: [], toolCalls: [{ function: { name: 'read_message', arguments: { link } } }] };
};

function overheardIn({ body }: ModelRequest): { from: string; text: string }[] {
	const lines = (body.messages ?? []).flatMap(({ content }) => content.split('\n'));
	return lines.flatMap((line) => {
		if (!line.startsWith('{"overheard_from"')) return [];
		const { overheard_from: from, text } = JSON.parse(line) as Record<string, string>;
		return [{ from: from ?? '', text: text ?? '' }];
	});
}
