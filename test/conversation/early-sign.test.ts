/** Whoever has to wait until it is known who they are has a sign all the same, which tells nothing and does not stay. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { MessageReceived } from '#src/platform/chat-event.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from '../events/event-scene.ts';

const scene = useEventScene();
const { thinking } = english.activity;

/** Begins to handle the message of somebody who is recognised when it is told. */
function begin(given: Partial<MessageReceived> = {}) {
	const recognition = Promise.withResolvers<void>();
	scene.recognition = recognition.promise;
	scene.world.models.script(says('Very well.'));
	const handled = scene.handle(scene.message(given));
	return { recognise: () => recognition.resolve(), handled };
}

describe('somebody who is not recognised within a second', () => {
	it.each(['mention', 'direct'] as const)('has a sign within two, when they meant the bot by %s', async (addressedBy) => {
		const { recognise, handled } = begin({ addressedBy });
		await scene.world.clock.advanceUntil(() => scene.world.platform.activities.length > 0, 2_000);
		expect(scene.world.platform.activities).toEqual([thinking]);
		recognise();
		expect(await handled).toBe('answered');
		expect(scene.world.platform.activities).toEqual([thinking]);
		expect(scene.world.moments).toContain('sign');
	});

	it('reads it in their own language once that is known', async () => {
		scene.people.set('ana', { ...scene.ana, locale: 'es-ES' });
		const { recognise, handled } = begin();
		await scene.world.clock.advanceUntil(() => scene.world.platform.activities.length > 0, 2_000);
		recognise();
		await handled;
		expect(scene.world.platform.activities).toEqual([thinking, spanish.activity.thinking]);
	});

	it.each<[string, 'guest' | 'deactivated', string]>([
		['a guest', 'guest', english.refusal.guest],
		['whose account is closed', 'deactivated', english.refusal.deactivated],
	])('and is %s is told so, and the sign goes', async (_who, standing, sentence) => {
		scene.people.set('ana', { ...scene.ana, standing, role: 'ccb_guest' });
		const { recognise, handled } = begin();
		await scene.world.clock.advanceUntil(() => scene.world.platform.activities.length > 0, 2_000);
		recognise();
		expect(await handled).toBe('refused');
		expect(scene.world.platform.privately.map(({ text }) => text)).toEqual([sentence]);
		expect(scene.world.platform.activities).toEqual([thinking, null]);
	});

	it('and used a command finds no sign left', async () => {
		const { recognise, handled } = begin({ text: 'Stop!' });
		await scene.world.clock.advanceUntil(() => scene.world.platform.activities.length > 0, 2_000);
		recognise();
		expect(await handled).toBe('commanded');
		expect(scene.world.platform.activities).toEqual([thinking, null]);
	});

	it('is not left with a sign when nobody could be asked', async () => {
		const recognition = Promise.withResolvers<void>();
		scene.recognition = recognition.promise;
		const handled = scene.handler(scene.message(), 1, new AbortController().signal);
		handled.catch(() => {});
		await scene.world.clock.advanceUntil(() => scene.world.platform.activities.length > 0, 2_000);
		recognition.reject(new Error('nobody answers'));
		await expect(handled).rejects.toThrow('nobody answers');
		expect(scene.world.platform.activities).toEqual([thinking, null]);
		await scene.world.clock.advance(200_000);
		expect(scene.world.platform.activities).toHaveLength(2);
	});

	it('and only talks in a thread has none', async () => {
		const { recognise, handled } = begin({ addressedBy: 'thread', startsThread: false });
		await scene.world.clock.advance(5_000);
		expect(scene.world.platform.activities).toEqual([]);
		recognise();
		await handled;
	});
});

it('whoever is recognised at once costs no second sign', async () => {
	const { recognise, handled } = begin();
	recognise();
	expect(await handled).toBe('answered');
	expect(scene.world.platform.activities).toEqual([thinking]);
});
