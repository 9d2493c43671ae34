/** The button of a private offer: the same question, asked in the personal chat of whoever asked it. */

import { describe, expect, it } from 'vitest';
import { stableId } from '#src/identity/stable-id.ts';
import { english } from '#src/locales/english.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();
const press = (replyId: string, who = 'ana', attempt = 1) => scene.handle(scene.pressed({ name: 'privately', replyId }, who), attempt);
const shownIn = (kind: string) => scene.world.platform.visible().flatMap(({ place, text }) => (place.kind === kind ? [text] : []));
const told = () => scene.world.platform.privately.map(({ text }) => text);

describe('the button of a private offer', () => {
	it('asks the same in the personal chat, below what was asked', async () => {
		const replyId = await scene.answered();
		const before = shownIn('channel').length;
		scene.world.models.script(says('In private.'));
		expect(await press(replyId)).toBe('answered');
		expect(shownIn('direct')).toEqual([expect.stringContaining('> How are you?'), 'In private.']);
		expect(shownIn('direct')[0]).toContain(english.documents.askedElsewhere);
		expect(shownIn('channel')).toHaveLength(before);
		const [quoted, answer] = scene.world.platform.visible().filter(({ place }) => place.kind === 'direct');
		expect(answer?.place.threadId).toBe(quoted?.id);
	});

	it('asks once, however often it is pressed', async () => {
		const replyId = await scene.answered();
		scene.world.models.script(says('In private.'));
		await press(replyId);
		expect(await press(replyId)).toBe('refused');
		expect(told()).toEqual([english.refusal.askedAgain]);
		expect(shownIn('direct')).toHaveLength(2);
	});

	it('asks nothing for anybody else', async () => {
		const replyId = await scene.answered();
		expect(await press(replyId, 'luis')).toBe('refused');
		expect(shownIn('direct')).toEqual([]);
		expect(told()).toEqual([english.refusal.notYours]);
	});

	it('goes on below the same quotation where a process died over it', async () => {
		const replyId = await scene.answered();
		scene.world.models.script(says('In private.'));
		await press(replyId);
		await scene.world.store.update(scene.ana, stableId(`privately:${replyId}`), { status: 'generating' });
		scene.world.models.script(says('In private, again.'));
		expect(await press(replyId, 'ana', 2)).toBe('answered');
		expect(shownIn('direct').filter((text) => text.includes('> How are you?'))).toHaveLength(1);
	});

	it('asks nothing once the question was taken back', async () => {
		const replyId = await scene.answered();
		await scene.handle(scene.changed('message-deleted', {}));
		expect(await press(replyId)).toBe('refused');
		expect(shownIn('direct')).toEqual([]);
	});
});
