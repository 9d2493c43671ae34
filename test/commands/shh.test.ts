import { expect, it } from 'vitest';
import { shhCommand } from '#src/commands/shh.ts';
import { english } from '#src/locales/english.ts';
import { createFakeRules } from '#test/fakes/rules.ts';
import { placeOfKind, runCommand } from './command-scene.ts';

const { muted: words } = english.channel;

function say(kind: 'direct' | 'channel', isConversation: boolean, takesPart: boolean) {
	const muted: boolean[] = [];
	const store = {
		exists: async () => takesPart,
		setMuted: async (_asker: unknown, _place: unknown, isMuted: boolean) => void muted.push(isMuted),
		forgetChannel: async () => {},
	};
	const services = { store, rules: createFakeRules() };
	return { muted, said: runCommand(shhCommand, '', { services, place: placeOfKind(kind), isConversation }) };
}

it.each([
	['a thread', true, false],
	['a thread that is a channel of its own', false, true],
] as const)('mutes %s', async (_what, isConversation, takesPart) => {
	const { muted, said } = say('channel', isConversation, takesPart);
	expect(await said).toBe(words.done);
	expect(muted).toEqual([true]);
});

it('mutes neither a whole channel nor a personal chat', async () => {
	const channel = say('channel', false, false);
	expect(await channel.said).toBe(words.notThread);
	const personal = say('direct', true, true);
	expect(await personal.said).toBe(words.personal);
	expect([...channel.muted, ...personal.muted]).toEqual([]);
});
