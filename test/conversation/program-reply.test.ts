/** What a program is sent of an answer: text that only grows, no link that nobody knows, and sources below. */

import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createProgramReply } from '#src/conversation/program-reply.ts';
import { english } from '#src/locales/english.ts';
import { sourceWordsFor } from '#src/platform/source.ts';

function openReply(mayOpen?: (address: string) => boolean) {
	const said: string[] = [];
	const reply = createProgramReply({
		links: () => mayOpen,
		sourceWords: sourceWordsFor(english, 'UTC'),
		say: (text) => void said.push(text),
		wait: () => {},
	});
	return { said, reply };
}

const source = {
	position: 1,
	title: 'Holidays ![x](https://evil.example).pdf',
	place: 'page 2',
	date: null,
	canShow: true,
	excerpt: '',
	url: 'https://wiki.example/h',
};

it('says each piece as it comes, and at the end the sources', async () => {
	const { said, reply } = openReply();
	reply.append('Twenty ');
	await setImmediate();
	reply.append('days [1].');
	await setImmediate();
	expect(said.join('')).toContain('Twenty');
	await reply.end({ buttons: [], sources: [source], notice: 'A newer one says otherwise.' });
	const whole = said.join('');
	expect(whole).toMatch(
		/^Twenty days \[1\]\.\n\n- \[1\] Holidays .* · page 2 · <https:\/\/wiki\.example\/h>\n\nA newer one says otherwise\.$/,
	);
	expect(whole).not.toContain('![x](https://evil');
});

it('makes no picture and no link of an address that nobody knows, however it is cut', async () => {
	const { said, reply } = openReply((address) => address.includes('wiki.example'));
	for (const piece of ['See ![a](https://evil', '.example/?secret) and ', '[b](https://wiki.example/b).']) {
		reply.append(piece);
		await setImmediate();
	}
	await reply.end({ buttons: [] });
	expect(said.join('')).not.toContain('](https://evil.example');
	expect(said.join('')).toContain('[b](https://wiki.example/b).');
});

it('goes on behind what a program has read already, when that is taken back', async () => {
	const { said, reply } = openReply();
	reply.append('Let me look.');
	await setImmediate();
	reply.retract();
	reply.append('There are 7.');
	await reply.end({ buttons: [] });
	expect(said.join('')).toBe('Let me look.\n\nThere are 7.');
});

it('loses nothing when an address is no link any more in the middle', async () => {
	let mayOpen: ((address: string) => boolean) | undefined;
	const said: string[] = [];
	const sourceWords = sourceWordsFor(english, 'UTC');
	const reply = createProgramReply({ links: () => mayOpen, sourceWords, say: (text) => void said.push(text), wait: () => {} });
	reply.append('See [it](https://elsewhere.example/a) first');
	await setImmediate();
	mayOpen = () => false;
	reply.append('.\n\nThen this.');
	await reply.end({ buttons: [] });
	expect(said.join('')).toMatch(/first\.\n\nThen this\.$/);
});

it('says nothing more once what was to come is told otherwise', async () => {
	const { said, reply } = openReply();
	reply.mute();
	reply.append('A sentence');
	await reply.end({ buttons: [], notice: 'and a notice' });
	expect(said).toEqual([]);
});
