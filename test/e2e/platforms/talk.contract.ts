/** What the bot makes of what people and other apps say beside it, on every platform. */

import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ModelRequest, modelRequests } from '../observe.ts';
import { question, settled } from '../promises.ts';
import { askedBy, type Company, whole } from './company.ts';

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
}

function overheardIn({ body }: ModelRequest): { from: string; text: string }[] {
	const lines = (body.messages ?? []).flatMap(({ content }) => content.split('\n'));
	return lines.flatMap((line) => {
		if (!line.startsWith('{"overheard_from"')) return [];
		const { overheard_from: from, text } = JSON.parse(line) as Record<string, string>;
		return [{ from: from ?? '', text: text ?? '' }];
	});
}
