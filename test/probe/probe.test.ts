import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createProbeQuestion } from '#src/probe/probe.ts';
import { openEmbeddedDatabase } from '#test/fakes/database.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeModelPool, says, saysWithoutEnd } from '#test/fakes/model-pool.ts';

const signal = AbortSignal.timeout(30_000);

describe('the probe', () => {
	it('keeps a fact and forgets it, and asks a model to say the word, in turn with people', async () => {
		await using opened = await openEmbeddedDatabase();
		const { database } = opened;
		const models = createFakeModelPool();
		const probe = createProbeQuestion({ database: () => database, models, clock: createManualClock() });
		models.script(says('quo', 'kka'));
		expect(await probe('quokka', signal)).toMatchObject({ text: 'quokka' });
		expect(models.requests).toMatchObject([{ priority: 'interactive', messages: [{ content: expect.stringContaining('quokka') }] }]);
		expect(await database.query('select key from adapter_state')).toEqual([]);
	});

	it('gives no reasoning as the answer', async () => {
		const models = createFakeModelPool();
		models.script([...saysWithoutEnd('let me think'), { type: 'text-retracted' }, ...says('done')]);
		expect(await createProbeQuestion({ database: echoing, models, clock: createManualClock() })('quokka', signal)).toMatchObject({ text: 'done' });
	});

	it('fails with what the database or the model fails with, and asks no model without a database', async () => {
		const models = createFakeModelPool();
		const clock = createManualClock();
		const away = () => {
			throw new BotError('STORE_UNAVAILABLE', 'not open yet', { retryable: true });
		};
		await expect(createProbeQuestion({ database: away, models, clock })('quokka', signal)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
		await expect(createProbeQuestion({ database: forgetful, models, clock })('quokka', signal)).rejects.toMatchObject({ code: 'INTERNAL' });
		expect(models.requests).toEqual([]);
		models.script([new BotError('MODEL_UNAVAILABLE', 'no host answers')]);
		await expect(createProbeQuestion({ database: echoing, models, clock })('quokka', signal)).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
	});
});

const echoing = () => ({ query: async <Row extends object>() => [{ value: 'quokka' }] as Row[] });
const forgetful = () => ({ query: async <Row extends object>() => [] as Row[] });
