/** What people do with what is theirs, on every platform: see it, take it along, erase it. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { conversationNumber } from '#src/own-data/own-history.ts';
import { eventually } from '../eventually.ts';
import { queryDatabase } from '../observe.ts';
import { question } from '../promises.ts';
import {
	answerTo,
	ask,
	type Colleague,
	command,
	type Everywhere,
	employee,
	keptTimes,
	platformNames,
	userIdOf,
	usualAnswer,
} from './everywhere.ts';

const { myData, history, web } = english;

export function describeOwnData(everywhere: () => Everywhere): void {
	const toldTo = ({ stage, chat, user }: Colleague, words: string) =>
		eventually(() => stage.privateWords(chat, user).some((told) => told.includes(words)));

	/** What stands in the file once they have said where it belongs. */
	async function takenOnTeams({ teams: { teams } }: Everywhere, { chat, user }: Colleague): Promise<string> {
		const isOffer = ({ title }: { title: string }) => title === 'Allow';
		const offer = await eventually(() => teams.messages(chat.id).find(({ buttons }) => buttons.some(isOffer)));
		await teams.pressCard({ user, conversation: chat.id, id: offer.id, title: 'Allow' });
		const file = await eventually(() => teams.tenant.files().find(({ name }) => name.startsWith('openccb-my-data')));
		return Buffer.from(file.content).toString();
	}

	describe.each(platformNames)('what is theirs on %s', (name) => {
		it('is listed, opened and taken away by its person', async () => {
			const company = everywhere();
			const person = employee(company[name]);
			const text = question(`what is mine on ${name}`);
			expect(await answerTo(person, await ask(person, text))).toBe(usualAnswer);
			const select = 'select c.id from conversations c join conversation_participants p on p.conversation_id = c.id where p.user_id = $1';
			const [row] = await queryDatabase<{ id: string }>(company, select, [await userIdOf(company, person)]);
			const number = conversationNumber(row?.id ?? '');
			expect(await command(person, 'history')).toContain(`#${number} `);
			expect(await command(person, `history open ${number}`)).toContain(text);
			expect(await command(employee(company[name]), `history open ${number}`)).toBe(history.notThere(String(number)));
			const taken = await command(person, `history delete ${number} yes`);
			expect(taken).toMatch(new RegExp(`^${web.removed.removed('X').split('X')[0]}`));
			expect(await keptTimes(company, text)).toBe(0);
		});

		it('comes as a file where the platform takes one, and is erased with a button', async () => {
			const company = everywhere();
			const person = employee(company[name]);
			const text = question(`to be erased on ${name}`);
			expect(await answerTo(person, await ask(person, text))).toBe(usualAnswer);
			// Teams asks where a file belongs before it takes one.
			const isAsked = name === 'teams';
			expect(await command(person, 'my-data export')).toBe(isAsked ? myData.offering : myData.exporting);
			if (isAsked) expect(await takenOnTeams(company, person)).toContain(text);
			const userId = await userIdOf(company, person);
			expect(await keptTimes(company, text)).toBeGreaterThan(0);
			await command(person, 'my-data delete');
			await toldTo(person, myData.deleting);
			await company[name].pressOffer(person.chat, person.user);
			await toldTo(person, myData.erased);
			expect(await keptTimes(company, text)).toBe(0);
			const names = await queryDatabase(company, 'select display_name, email, last_place from identities where user_id = $1', [userId]);
			expect(names).toEqual([{ display_name: '', email: null, last_place: null }]);
			expect(await answerTo(person, await ask(person, question(`anew on ${name}`)))).toBe(usualAnswer);
		});
	});
}
