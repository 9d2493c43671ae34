import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../scripts/doctor/finding.ts';
import { english } from '../../../scripts/doctor/words-english.ts';
import { spanish } from '../../../scripts/doctor/words-spanish.ts';

const codes = Object.keys(english.sentences) as Finding['code'][];
const lists: Record<string, string[]> = { lacks: ['owner', 'createrole'] };
const numbers = new Set(['count', 'tokens', 'wantedTokens', 'slots', 'remaining', 'total', 'hours', 'seconds', 'days', 'pid']);

/** Has every field that any finding has. */
const plausible = new Proxy({} as Finding, {
	get: (_, name) => {
		if (numbers.has(String(name))) return 3;
		const isList = ['scopes', 'names', 'guilds', 'permissions', 'parts', 'lacks'].includes(String(name));
		return isList ? (lists[String(name)] ?? ['one', 'two']) : `«${String(name)}»`;
	},
});

function said(words: typeof english, code: Finding['code']): string[] {
	const say = words.sentences[code] as (finding: Finding) => string | readonly string[];
	return [say(plausible)].flat();
}

describe('what the doctor says', () => {
	it('exists for the same findings in both languages', () => {
		expect(Object.keys(spanish.sentences)).toEqual(codes);
	});

	it.each(codes)('is whole, translated and about the same for %s', (code) => {
		const [left, right] = [said(english, code), said(spanish, code)];
		expect(right).toHaveLength(left.length);
		// What is wrong with a setting comes from the program itself; its translations have a test of their own.
		const compared = code === 'setting-wrong' ? [1] : left.keys();
		for (const index of compared) {
			expect(right[index]).not.toBe(left[index]);
			for (const sentence of [left[index], right[index]]) {
				expect(sentence?.trim()).toBeTruthy();
				expect(sentence).not.toMatch(/undefined|\[object|NaN|\n/);
			}
			expect(namesIn(right[index])).toEqual(namesIn(left[index]));
		}
	});

	it.each([
		[{ bad: 0, warnings: 0 }, 'All is well.', 'Todo está bien.'],
		[{ bad: 0, warnings: 1 }, 'Nothing is wrong; 1 thing deserves a look.', 'Nada está mal; 1 merece un vistazo.'],
		[{ bad: 1, warnings: 0 }, '1 thing is wrong.', '1 cosa está mal.'],
		[{ bad: 2, warnings: 3 }, '2 things are wrong, 3 things deserve a look.', '2 cosas están mal, 3 merecen un vistazo.'],
	])('ends with a summary of %o', (counts, inEnglish, inSpanish) => {
		expect([english.summary(counts), spanish.summary(counts)]).toEqual([inEnglish, inSpanish]);
	});
});

/** Variables and facts: both languages speak of the same ones. */
function namesIn(sentence = ''): string[] {
	return [...new Set(sentence.match(/\b[A-Z]+(?:_[A-Z]+)+\b|«[a-zA-Z]+»/g))].toSorted();
}

it.each([
	['ECONNREFUSED', /firewall/, /cortafuegos/],
	['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/, /NODE_EXTRA_CA_CERTS/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/, /NODE_EXTRA_CA_CERTS/],
])('after %s the advice is the one that helps', (reason, inEnglish, inSpanish) => {
	const finding = { level: 'bad', code: 'slack-unreachable', host: 'slack.com', reason } as const;
	expect(english.sentences['slack-unreachable'](finding)[1]).toMatch(inEnglish);
	expect(spanish.sentences['slack-unreachable'](finding)[1]).toMatch(inSpanish);
});
