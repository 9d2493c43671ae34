import { describe, expect, it } from 'vitest';
import { createKnownLinks, isOwnAlone, ownWords } from '#src/conversation/known-links.ts';
import type { Memory } from '#src/conversation/memory.ts';
import type { Place } from '#src/platform/place.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind: 'channel' };
const messageLink = 'https://chat.example/archives/C1/p1';

function linksWith(hosts: string[] = []) {
	const messageAt = (link: string) => (link === messageLink ? { place, messageId: '1' } : null);
	return createKnownLinks({ hosts, platform: { messageAt }, place });
}

function memoryOf(messages: Partial<Memory['messages'][number]>[], rest: Partial<Memory> = {}): Memory {
	const whole = { sequence: 1, role: 'user' as const, content: '', cited: [], saidAt: new Date(0), speaker: { name: 'Ana', mark: 'a1a1' } };
	return {
		...{ isShared: true, summary: null, overheard: [], isThreadCut: false, version: '' },
		messages: messages.map((message) => ({ ...whole, ...message })),
		...rest,
	};
}

describe('an address in an answer', () => {
	it.each([
		['a host in words of the asker', 'https://github.com/a/b'],
		['the same with another beginning', 'https://www.github.com/'],
		['a domain of a mail address there', 'mailto:it@acme.example'],
		['a host of the settings', 'https://wiki.example/x'],
		['one below a host of the settings', 'https://a.b.intra.example/'],
		['a host of a source', 'https://files.example/doc.pdf'],
		['a message of the platform', messageLink],
	])('may be a link: %s', (_why, address) => {
		const links = linksWith(['Wiki.example', '*.intra.example']);
		links.knowWords('Look at github.com and write to ana@acme.example.');
		links.knowSources(() => [{ url: null }, { url: 'https://files.example/other' }]);
		expect(links.rule()?.(address)).toBe(true);
	});

	it.each([
		'https://evil.example/',
		'https://github.com.evil.example/',
		'https://evil.example/github.com',
		'https://github.com@evil.example/',
		'https://someone@github.com/',
		'https://@github.com/',
		'https://gist.github.com/',
		'https://intra.example/',
		'https://evilintra.example/',
		'https://chat.example/elsewhere',
		'mailto:a@evil.example',
		'mailto:a@github.com,b@evil.example',
		'ftp://github.com/',
		'',
	])('is no link otherwise: %s', (address) => {
		const links = linksWith(['*.intra.example']);
		links.knowWords('Look at github.com');
		expect(links.rule()?.(address)).toBe(false);
	});

	it('may be any where the settings say so, or where the model has read nothing but the asker’s words', () => {
		expect(linksWith(['*']).rule()?.('https://any.example/')).toBe(true);
		const links = linksWith();
		links.trust();
		expect(links.rule()).toBeUndefined();
		links.distrust();
		expect(links.rule()?.('https://any.example/')).toBe(false);
	});
});

describe('a conversation', () => {
	it('is the asker’s alone until somebody else says something in it, the assistant too', () => {
		expect(isOwnAlone(memoryOf([{ content: 'a' }, { content: 'b' }]))).toBe(true);
		const other = { speaker: { name: 'Bo', mark: 'b2b2' } };
		expect(isOwnAlone(memoryOf([other, {}]))).toBe(false);
		expect(isOwnAlone(memoryOf([{ role: 'assistant', speaker: null }, {}]))).toBe(false);
		expect(isOwnAlone(memoryOf([{}], { summary: 'They spoke.' }))).toBe(false);
		const cited = [{ kind: 'quote' as const, author: 'Bo', writtenAt: null, text: 'x' }];
		expect(isOwnAlone(memoryOf([{ cited }] as never))).toBe(false);
		expect(isOwnAlone(memoryOf([{}], { overheard: [{ name: 'Bo', text: 'x', cited: [], saidAt: new Date(0), before: 1 }] }))).toBe(false);
	});

	it('knows which words are the asker’s', () => {
		const messages = [{ content: 'mine' }, { content: 'theirs', speaker: { name: 'Bo', mark: 'b2b2' } }, { content: 'the question' }];
		expect(ownWords(memoryOf(messages))).toEqual(['mine', 'the question']);
	});
});
