/** Native streams, where an adapter claims them. */

import { describe, expect, test } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import { type AdapterScene, allKinds, message, refusal, signal } from './scene.ts';

export function describeStreaming(scene: AdapterScene): void {
	const { placeOf } = scene;
	describe('a native stream', () => {
		const anyKind = () => scene.platform.capabilities.stream?.kinds[0] ?? 'direct';
		const open = async (kind: Place['kind'] = anyKind()) =>
			scene.platform.openStream(await placeOf(kind), scene.world.people.member, 'one ', signal);
		const closing = message('one two three', { buttons: [{ label: 'Again', action: { name: 'retry', replyId: 'r' } }], replyId: 'r' });

		test.each(allKinds)('grows and is closed with its buttons in a place of kind %s, where it is claimed', async (kind) => {
			if (!scene.platform.capabilities.stream?.kinds.includes(kind)) return;
			const reference = await open(kind);
			expect(scene.world.seen(reference)).toMatchObject({ text: 'one ', isStreaming: true });
			await scene.platform.appendStream(reference, { delta: 'two ', text: 'one two ' }, signal);
			expect(scene.world.seen(reference)).toMatchObject({ text: 'one two ', isStreaming: true });
			await scene.platform.closeStream(reference, 'three', closing, signal);
			expect(scene.world.seen(reference)).toEqual({ text: 'one two three', buttons: ['Again'], isStreaming: false });
			await scene.platform.edit(reference, message('whole'), signal);
			expect(scene.world.seen(reference)?.text).toBe('whole');
		});

		test('cannot be edited while it is open, nor be added to once it is closed', async () => {
			if (scene.platform.capabilities.stream === null) return;
			const reference = await open();
			expect(await refusal(scene.platform.edit(reference, message('x'), signal))).toMatchObject({
				code: 'PLATFORM_REJECTED',
				reason: 'stream-open',
			});
			await scene.platform.closeStream(reference, '', message('one ', {}), signal);
			expect(await refusal(scene.platform.appendStream(reference, { delta: 'x', text: 'one x' }, signal))).toMatchObject({
				code: 'PLATFORM_REJECTED',
				reason: 'stream-closed',
			});
		});

		test('says when a person stopped it, when it outlived its time, and when it is full', async () => {
			if (scene.platform.capabilities.stream === null) return;
			const stopped = await open();
			await scene.world.endStream(stopped, 'stop');
			expect(await refusal(scene.platform.appendStream(stopped, { delta: 'x', text: 'one x' }, signal))).toMatchObject({
				code: 'PLATFORM_REJECTED',
				reason: 'stopped-by-person',
			});
			const expired = await open();
			await scene.world.endStream(expired, 'expire');
			expect(await refusal(scene.platform.appendStream(expired, { delta: 'x', text: 'one x' }, signal))).toMatchObject({
				code: 'PLATFORM_REJECTED',
				reason: 'stream-closed',
			});
			await scene.platform.edit(expired, message('repaired'), signal);
			const full = await open();
			const delta = 'word '.repeat(scene.platform.capabilities.messageText.limit / 5);
			const fill = async () => {
				for (let text = `one ${delta}`; ; text += delta) await scene.platform.appendStream(full, { delta, text }, signal);
			};
			expect(await refusal(fill())).toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'too-long' });
		});
	});
}
