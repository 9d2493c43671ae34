import { describe, expect, test } from 'vitest';
import { mayAllRead, type PlaceAudience, unknownAudience } from '#src/platform/audience.ts';

const closed = (...accounts: string[]): PlaceAudience => ({ isOpen: false, hasOutsiders: false, accountIds: new Set(accounts) });
const open: PlaceAudience = { isOpen: true, hasOutsiders: false, accountIds: new Set(['ana', 'ben', 'eve']) };
const unlisted: PlaceAudience = { ...closed(), accountIds: null };
const withGuest: PlaceAudience = { ...closed('ana', 'guest'), hasOutsiders: true };

describe('all readers of a place may read another one', () => {
	test.each<[string, PlaceAudience, PlaceAudience]>([
		['that all of them are in', closed('ana'), closed('ana', 'ben')],
		['with the same people', closed('ana', 'ben'), closed('ben', 'ana')],
		['that is open to the company, where nobody from outside reads along', closed('ana'), open],
		['that is open, as theirs is', open, open],
		['that is open, wherever people are not listed', unlisted, open],
		['that their guest is in as well', withGuest, closed('ana', 'guest', 'ben')],
	])('%s', (_case, here, there) => {
		expect(mayAllRead(here, there)).toBe(true);
	});

	test.each<[string, PlaceAudience, PlaceAudience]>([
		['that one of them is not in', closed('ana', 'eve'), closed('ana', 'ben')],
		['that is closed, when anybody may come into theirs', open, closed('ana', 'ben', 'eve', 'carl')],
		['that is open to the company, when a guest reads along', withGuest, open],
		['of which nobody can say', closed('ana'), unknownAudience],
		['when nobody can say who they are', unknownAudience, open],
		['that is closed, where people are not listed', unlisted, closed('ana')],
		['when nobody was named', closed(), closed('ana')],
	])('but not one %s', (_case, here, there) => {
		expect(mayAllRead(here, there)).toBe(false);
	});
});
