import { describe, expect, it } from 'vitest';
import * as states from '#src/delivery/reply-message-state.ts';

const reference = { place: { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' as const }, messageId: '7' };
const shown = { text: 'Some words', isSign: false };
const sign = { text: 'It comes.', isSign: true };

const posted: states.Posted = { kind: 'posted', reference, shown };
const streaming: states.Streaming = { kind: 'streaming', reference, shown };
const uncertain = states.doubted(streaming);
const fixed = states.fixed(posted);
const sealed = states.sealed(posted);
const lost = states.answerLost(shown, true, true);
const untraceable = states.answerLost(shown, true, false);

describe('what is known of a message', () => {
	it('is looked for after a lost answer, or left alone where nobody can look', () => {
		expect([lost, untraceable]).toEqual([{ kind: 'lost', shown, isStream: true }, { kind: 'untraceable' }]);
	});

	it('once it is there follows what is known to be shown', () => {
		expect(states.placed(reference, shown, true)).toEqual(streaming);
		expect(states.placed(reference, sign, false)).toEqual({ ...posted, shown: sign });
		expect(states.appended(streaming, 'Some words and more')).toEqual({ ...streaming, shown: { ...shown, text: 'Some words and more' } });
		expect(states.edited({ ...posted, shown: sign }, shown)).toEqual(posted);
	});

	it.each([streaming, uncertain])('as $kind becomes a message that can be edited when its stream is closed', (stream) => {
		expect(states.closed(stream)).toEqual(posted);
		expect(states.closed(stream, 'The whole')).toEqual({ ...posted, shown: { text: 'The whole', isSign: false } });
	});

	it('keeps its place and its words when it takes no more changes', () => {
		expect([fixed, sealed]).toEqual([
			{ ...posted, kind: 'fixed' },
			{ ...posted, kind: 'sealed' },
		]);
	});

	it('is not sealed where there is nothing to seal', () => {
		expect([states.unsent, lost, untraceable].map(states.sealed)).toEqual([states.unsent, lost, untraceable]);
	});

	it.each([
		{ state: states.unsent, placed: false, open: false, changes: true, text: false },
		{ state: lost, placed: false, open: false, changes: true, text: false },
		{ state: untraceable, placed: false, open: false, changes: false, text: false },
		{ state: streaming, placed: true, open: true, changes: true, text: true },
		{ state: uncertain, placed: true, open: true, changes: false, text: true },
		{ state: posted, placed: true, open: false, changes: true, text: true },
		{ state: { ...posted, shown: sign }, placed: true, open: false, changes: true, text: false },
		{ state: { ...posted, shown: { text: '', isSign: false } }, placed: true, open: false, changes: true, text: false },
		{ state: fixed, placed: true, open: false, changes: false, text: true },
		{ state: sealed, placed: true, open: false, changes: false, text: true },
	])('says whether it is there, open, to change, and of text: $state.kind', ({ state, placed, open, changes, text }) => {
		expect([states.isPlaced(state), states.isOpenStream(state), states.mayChange(state), states.hasText(state)]).toEqual([
			...[placed, open, changes, text],
		]);
	});
});
