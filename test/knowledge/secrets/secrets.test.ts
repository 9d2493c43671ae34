/** What keeps a file out of the search: keys, tokens and numbers of cards and accounts. All of these are made up or of public documentation. */

import { describe, expect, it } from 'vitest';
import { holdsSecret } from '#src/knowledge/secrets/secrets.ts';

describe('a secret is', () => {
	it.each([
		['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIE`],
		['a key without its kind', `-----BEGIN ${'PRIVATE'} KEY-----`],
		['a key of AWS', `id: AKIA${'IOSFODNN7EXAMPLE'.replace(/[018]/g, '2')}`],
		['a token of GitHub', `ghp_${'a1B2'.repeat(9)}`],
		['a token of Slack', `xoxb-${'1234567890-abcdefghij'}`],
		['a card, in groups', 'Pay with 4111 1111 1111 1111, please'],
		['a card, without groups', 'n=5555555555554444.'],
		['a card of fifteen digits', '3782 822463 10005'],
		['an account, as it is printed', 'IBAN: ES91 2100 0418 4502 0005 1332 de Acme'],
		['an account in one piece', 'DE89370400440532013000'],
		['an account behind something like one', 'AB12 ES9121000418450200051332'],
	])('%s', (_, text) => {
		expect(holdsSecret(text)).toBe(true);
	});
});

describe('no secret is', () => {
	it.each([
		['a number with a wrong check digit', '4111 1111 1111 1112'],
		['a part of a longer number', '94111111111111111'],
		['an amount', '4111111111111111,50'],
		['sixteen equal digits', '0000 0000 0000 0000'],
		['an account with a wrong check digit', 'ES92 2100 0418 4502 0005 1332'],
		['a public key', '-----BEGIN PUBLIC KEY-----'],
		['an identity number, as long as nobody asks', '12345678Z'],
	])('%s', (_, text) => {
		expect(holdsSecret(text)).toBe(false);
	});
});

it('is an identity number of Spain where that is asked for, with its right letter alone', () => {
	const isSecret = (text: string) => holdsSecret(text, { nationalIds: true });
	expect(['DNI 12345678Z', '12345678-z', 'X1234567L'].map(isSecret)).toEqual([true, true, true]);
	expect(['12345678A', 'X1234567A'].map(isSecret)).toEqual([false, false]);
});
