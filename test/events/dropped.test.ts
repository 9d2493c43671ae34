/** Every way on which a message gets no answer of its own tells why, for whoever asks. The compiler keeps the list whole. */

import { expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createUnanswered } from '#src/events/unanswered.ts';
import type { DropReason } from '#src/history/trace.ts';
import { identityIdOf } from '#src/identity/account.ts';
import type { LimitRefusal } from '#src/limits/refusal.ts';
import { languages } from '#src/locales/locales.ts';
import type { MessageReceived } from '#src/platform/chat-event.ts';
import type { PlaceRules } from '#src/rules/place-rules.ts';
import { actor, useEventScene } from './event-scene.ts';

const scene = useEventScene();
const account = identityIdOf({ platform: 'fake', ...actor('ana') });

async function limited(refusal: LimitRefusal): Promise<void> {
	scene.limits.refusal = refusal;
	await scene.handle(scene.message());
}

async function ruled(held: Partial<PlaceRules>, message: Partial<MessageReceived> = {}): Promise<void> {
	Object.assign(scene.rules.held, held);
	await scene.handle(scene.message(message));
}

const ways: Readonly<Record<DropReason, () => Promise<unknown>>> = {
	async guest() {
		scene.people.set('ana', { ...scene.ana, standing: 'guest', role: 'ccb_guest' });
		await scene.handle(scene.message({ addressedBy: 'thread' }));
	},
	async deactivated() {
		scene.people.set('ana', { ...scene.ana, standing: 'deactivated' });
		await scene.handle(scene.message());
	},
	async 'taken-back'() {
		await scene.handle(scene.changed('message-deleted', {}));
		await scene.handle(scene.message({ startsThread: false }));
	},
	async 'answered-before'() {
		const event = scene.message();
		await scene.answered();
		scene.world.models.script([]);
		await scene.handle(event);
		await scene.handle({ ...event, byEdit: true });
	},
	async 'given-up'() {
		const observer = { failed: () => {}, untold: () => {} };
		const unanswered = createUnanswered({ platforms: new Map(), language: 'en', observer });
		const dropped = await unanswered(scene.message(), new BotError('INTERNAL', 'broken'), true);
		if (dropped !== undefined) scene.dropped.push(dropped);
	},
	'limit-requests': () => limited({ limit: 'requestsPerMinute', allowed: 1, backInMs: 1 }),
	'limit-tokens': () => limited({ limit: 'tokensPerDay', allowed: 1, backInMs: 1 }),
	'limit-characters': () => limited({ limit: 'messageCharacters', allowed: 1, size: 2 }),
	'limit-channel': () => {
		scene.limits.usedUp = { backInMs: 1 };
		return ruled({ tokensPerDay: 1 });
	},
	'channel-off': () => ruled({ mode: 'off' }),
	'channel-mentions': () => ruled({ mode: 'mention' }, { addressedBy: 'thread', startsThread: false }),
	'channel-quiet': () => ruled({ quiet: { from: 0, to: 24 * 60 - 1, zone: null } }),
	'not-addressed': () => ruled({}, { addressedBy: 'talk' }),
	'thread-muted': () => {
		scene.rules.muted = true;
		return ruled({}, { addressedBy: 'thread', startsThread: false });
	},
	'limit-models': () => limited({ limit: 'models', wanted: 'a', allowed: [] }),
};

it.each(Object.entries(ways))('%s', async (reason, drop) => {
	await drop();
	expect(scene.dropped).toEqual([{ account, reason }]);
	for (const { why } of Object.values(languages)) expect(why.reason[reason as DropReason]).toBeTruthy();
});
