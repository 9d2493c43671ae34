import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationKey, parseConversationKey } from '#src/platform/place.ts';

const part = fc.string({ unit: 'grapheme' });
const places = fc.record({ platform: fc.string({ unit: 'grapheme', minLength: 1 }), tenantId: part, channelId: part, threadId: part });

describe('the key of a conversation', () => {
	it('gives the place back, whatever characters it is made of', () => {
		fc.assert(
			fc.property(places, (place) => {
				expect(parseConversationKey(conversationKey(place))).toEqual(place);
			}),
		);
	});

	it('is another one for another place', () => {
		fc.assert(
			fc.property(places, places, (one, other) => {
				const isSame = (Object.keys(one) as (keyof typeof one)[]).every((name) => one[name] === other[name]);
				expect(conversationKey(one) === conversationKey(other)).toBe(isSame);
			}),
		);
	});

	it('tells apart places whose parts are cut differently', () => {
		const place = { platform: 'teams', tenantId: 'T', channelId: '19:a', threadId: 'b' };
		expect(conversationKey(place)).not.toBe(conversationKey({ ...place, channelId: '19', threadId: 'a:b' }));
	});

	it('reads as platform, tenant, channel and thread', () => {
		expect(conversationKey({ platform: 'slack', tenantId: 'T1', channelId: 'C1', threadId: '1.5' })).toBe('slack:T1:C1:1.5');
	});

	it.each(['', 'slack', 'slack:T:C', ':T:C:1', 'slack:T:C:1:2'])('refuses %j, which is none', (key) => {
		expect(() => parseConversationKey(key)).toThrow(TypeError);
	});
});
