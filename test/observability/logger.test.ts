import { beforeAll, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { describeError } from '#src/observability/logger.ts';
import { logLines } from './log-lines.ts';

const secretFields = ['token', 'authorization', 'password', 'secret', 'text', 'content', 'body', 'payload'];

describe('the log', () => {
	let lines: Record<string, unknown>[];
	beforeAll(async () => {
		lines = await logLines(`
			logger.info({ eventId: 'e1' }, 'plain');
			logger.info(Object.fromEntries(${JSON.stringify(secretFields)}.map((name) => [name, 'SECRET'])), 'top');
			logger.info({ request: Object.fromEntries(${JSON.stringify(secretFields)}.map((name) => [name, 'SECRET'])) }, 'nested');
			logger.child({ token: 'SECRET' }).info({}, 'child');
			const cause = Object.assign(new Error('refused'), { code: 'slack_error', data: { text: 'SECRET' }, config: { headers: 'SECRET' } });
			logger.error({ err: new BotError('PLATFORM_REJECTED', 'not taken', { reason: 'no_text', cause }) }, 'failed');
			const sdk = createSdkLogger(logger, 'slack');
			sdk.debug('SECRET body');
			sdk.info('connected', { token: 'SECRET' });
			sdk.warn(new Error('slow'), { headers: 'SECRET' });
			sdk.error({ data: 'SECRET' }, 'lost');
		`);
	}, 30_000);

	it('is one JSON object a line, with the time and the level in words', () => {
		expect(line('plain')).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), eventId: 'e1', msg: 'plain' });
	});

	it.each(secretFields)('carries no %s, neither at the top nor one level down', (field) => {
		expect(line('top')).toMatchObject({ [field]: '[redacted]' });
		expect(line('nested')).toMatchObject({ request: { [field]: '[redacted]' } });
	});

	it('carries no secret anywhere', () => {
		expect(lines.length).toBeGreaterThan(7);
		expect(JSON.stringify(lines)).not.toContain('SECRET');
	});

	it('says of an error its code, its reason and its cause', () => {
		expect(line('failed')).toMatchObject({
			level: 'error',
			err: { name: 'BotError', code: 'PLATFORM_REJECTED', reason: 'no_text', message: 'not taken', cause: { code: 'slack_error' } },
		});
	});

	it('takes the words of an SDK one level lower, and nothing it attaches', () => {
		const said = lines.filter(({ sdk }) => sdk === 'slack').map(({ level, msg }) => [level, msg]);
		expect(said).toEqual([
			['debug', 'connected'],
			['info', 'Error: slow'],
			['warn', 'lost'],
		]);
	});

	function line(message: string): Record<string, unknown> {
		return lines.find(({ msg }) => msg === message) ?? {};
	}
});

describe('the level of the log', () => {
	it('leaves out what is less severe', async () => {
		const lines = await logLines("logger.debug({}, 'd'); logger.info({}, 'i'); logger.warn({}, 'w'); logger.error({}, 'e');", 'warn');
		expect(lines.map(({ msg }) => msg)).toEqual(['w', 'e']);
	});
});

describe('the description of an error', () => {
	it('has nothing of what an SDK hangs on it', () => {
		const error = Object.assign(new Error('An API error occurred: invalid_auth'), {
			code: 'slack_webapi_platform_error',
			data: { ok: false, token: 'SECRET' },
			original: { config: { headers: { authorization: 'SECRET' } } },
			request: 'SECRET',
		});
		const described = describeError(new BotError('PLATFORM_REJECTED', 'Slack refused', { cause: error }));
		expect(JSON.stringify(described)).not.toContain('SECRET');
		expect(Object.keys(described.cause ?? {}).sort()).toEqual(['code', 'message', 'name', 'stack']);
	});

	it('leaves out a code or a reason that is no word', () => {
		expect(describeError(Object.assign(new Error('x'), { code: { text: 'SECRET' }, reason: ['SECRET'] }))).not.toHaveProperty('code');
		expect(describeError(Object.assign(new Error('x'), { reason: ['SECRET'] }))).not.toHaveProperty('reason');
	});

	it.each([[null], [undefined], [42]])('exists for %j, which is no error', (thrown) => {
		expect(describeError(thrown)).toEqual({ name: 'unknown', message: String(thrown) });
	});
});

describe('a circle of causes', () => {
	it('is described as far as it helps', () => {
		const error = new Error('it bites its own tail');
		error.cause = error;
		expect(JSON.stringify(describeError(error)).split('it bites its own tail').length).toBeLessThan(20);
	});
});
