import { describe, expect, it } from 'vitest';
import { type LimitRefusal, refusalSentence } from '#src/limits/refusal.ts';
import { english } from '#src/locales/english.ts';
import { says } from '#test/fakes/model-pool.ts';
import { useEventScene } from './event-scene.ts';

const scene = useEventScene();

describe('a limit', () => {
	const refusal: LimitRefusal = { limit: 'messageCharacters', allowed: 10, size: 12 };

	it('that a question exceeds is told privately, and no model is asked', async () => {
		scene.limits.refusal = refusal;
		expect(await scene.handle(scene.message())).toBe('refused');
		expect(scene.world.platform.privately).toEqual([{ accountId: 'ana', text: refusalSentence(refusal, english) }]);
		expect(scene.world.models.requests).toEqual([]);
		expect(scene.limits.asked).toEqual([{ characters: 'How are you?'.length, model: 'fake-model' }]);
	});

	it('counts a question once, also when another process goes on with it', async () => {
		scene.world.models.script(says('Very well.'));
		const question = scene.message();
		await scene.handle(question);
		await scene.handle(question, 2);
		expect(scene.limits.asked).toHaveLength(1);
	});

	it('holds for asking again too', async () => {
		const replyId = await scene.answered();
		scene.limits.refusal = refusal;
		expect(await scene.handle(scene.pressed({ name: 'retry', replyId }))).toBe('refused');
		expect(scene.world.platform.privately.at(-1)?.text).toBe(refusalSentence(refusal, english));
	});

	it('does not concern commands', async () => {
		scene.limits.refusal = refusal;
		expect(await scene.handle(scene.invoked('stop'))).toBe('commanded');
	});
});
