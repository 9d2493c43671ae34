/** What people see of their own conversations from the chat, and what they do with them. */

import { describe, expect, it } from 'vitest';
import { historyCommand } from '#src/commands/history.ts';
import type { OwnConversation } from '#src/history/own-conversations.ts';
import type { SaidMessage } from '#src/history/said-pages.ts';
import { languages } from '#src/locales/locales.ts';
import { conversationNumber, createOwnHistory } from '#src/own-data/own-history.ts';
import { employee, placeOfKind, runCommand } from './command-scene.ts';

const { history: words, web } = languages.en;
const signal = new AbortController().signal;

function conversation(id: string, given: Partial<OwnConversation> = {}): OwnConversation {
	return {
		id,
		...{ platform: 'slack', tenantId: 'T', channelId: 'D', threadId: '', kind: 'direct', title: 'Pumps\n@everyone' },
		...{ isPinned: false, isArchived: false, readThrough: null, isUnread: false, continuedFrom: null },
		lastSaidAt: new Date('2026-11-30T10:00:00Z'),
		...given,
	};
}

const pumps = conversation('0000ff00-0000-4000-8000-000000000001');
const shared = conversation('00010000-0000-4000-8000-000000000002', { kind: 'channel', title: null, isArchived: true });
const left = conversation('00020000-0000-4000-8000-000000000003', { kind: 'channel', channelId: 'L', title: 'Left' });

function scene() {
	const done: string[] = [];
	const note = (what: string) => void done.push(what);
	const messages = [
		{ role: 'assistant', authorId: null, content: 'Twelve.', status: 'answered' },
		{ role: 'user', authorId: employee.userId, content: 'How many\npumps?', status: 'received' },
		{ role: 'user', authorId: 'luis', authorName: 'Luis', content: '', status: 'deleted' },
	] as SaidMessage[];
	const history = createOwnHistory({
		conversations: {
			page: async (_person, { isArchived }) => (isArchived ? [shared] : [pumps, left]),
			change: async (_person, id, { title }) => note(`${id.slice(0, 8)} is called ${title}`),
		},
		said: { newest: async () => messages },
		places: { readable: async (_person, places) => places.filter(({ channelId }) => channelId !== left.channelId) },
		removals: {
			takeAway: async (_person, { id, kind }) => {
				note(`${id.slice(0, 8)} goes`);
				return kind === 'direct' ? 'removed' : 'hidden';
			},
		},
		publisher: { tellPerson: async (userId) => note(`${userId} is told`) },
	});
	return { done, history, say: (typed: string) => runCommand(historyCommand, typed, { services: { history }, person: employee }) };
}

describe('the command history', () => {
	it('lists what one may read, with numbers, and nothing of places that one left', async () => {
		const said = await scene().say('');
		expect(said).toContain(`#${conversationNumber(pumps.id)} Pumps @everyone: `);
		expect(said).toContain(`#256 ${words.untitled}: `);
		expect(said).toContain(words.archived);
		expect(said).not.toContain('Left');
	});

	it('shows the end of one, who said what, in one line each', async () => {
		const said = await scene().say('open 255');
		expect(said).toMatch(/Luis: \(taken back\)[\s\S]*You: How many pumps\?[\s\S]*I: Twelve\./);
	});

	it.each(['open 512', 'rename 512 Mine', 'delete 512 yes', 'open 1'])('knows nothing of what is not readable: %s', async (typed) => {
		const { done, say } = scene();
		expect(await say(typed)).toBe(words.notThere(typed.split(' ')[1] ?? ''));
		expect(done).toEqual([]);
	});

	it('calls one otherwise, and tells pages', async () => {
		const { done, say } = scene();
		expect(await say('rename #255 Holidays in\u202e May')).toBe(words.renamed('Holidays in May'));
		expect(await say('rename 255 default')).toBe(words.renamedBack);
		expect(done).toEqual(['0000ff00 is called Holidays in May', 'ana is told', '0000ff00 is called null', 'ana is told']);
		expect(await say('rename 255')).toBe(words.newTitle);
		expect(await say(`rename 255 ${'x'.repeat(201)}`)).toBe(words.titleTooLong(200));
		expect(done).toHaveLength(4);
	});

	it('takes one away only after a word of consent', async () => {
		const { done, say } = scene();
		expect(await say('delete 255')).toContain('history delete 255 yes');
		expect(await say('delete 256')).toContain('history delete 256 yes');
		expect(await say('delete 255 perhaps')).toContain('history delete 255 yes');
		expect(done).toEqual([]);
		expect(await say('borrar 255 sí')).toBe(web.removed.removed('Slack'));
		expect(await say('delete 256 yes')).toBe(web.removed.hidden);
		expect(done).toEqual(['0000ff00 goes', '00010000 goes']);
	});

	it('is answered where nobody reads along', async () => {
		const { history } = scene();
		const said = await runCommand(historyCommand, '', { services: { history }, person: employee, place: placeOfKind('channel'), signal });
		expect(said).toBe(languages.en.command.directOnly);
	});
});
