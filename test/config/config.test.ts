import { describe, expect, it } from 'vitest';
import { readSettings } from '#src/config.ts';
import { BotError } from '#src/errors.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };

describe('readSettings', () => {
	it('needs nothing', () => {
		expect(readSettings({})).toMatchObject({
			PORT: 3000,
			HOST: '127.0.0.1',
			OLLAMA_HOST: ['http://127.0.0.1:11434'],
			OLLAMA_SLOTS: 'auto',
		});
	});

	it('counts an empty variable as absent', () => {
		expect(readSettings({ PORT: '', SLACK_BOT_TOKEN: ' ' })).toMatchObject({ PORT: 3000 });
	});

	it.each([
		['127.0.0.1:1', ['http://127.0.0.1:1']],
		['http://a:1/, https://b', ['http://a:1', 'https://b']],
	])('reads the model hosts %s', (value, hosts) => {
		expect(readSettings({ OLLAMA_HOST: value }).OLLAMA_HOST).toEqual(hosts);
	});

	it('ends the address of the Web API with a slash', () => {
		expect(readSettings({ SLACK_API_URL: 'http://127.0.0.1:1/api' }).SLACK_API_URL).toBe('http://127.0.0.1:1/api/');
	});

	it.each([
		[{ PORT: 'eighty-secret' }, 'PORT'],
		[{ PORT: '99999' }, 'PORT'],
		[{ OLLAMA_HOST: 'ftp://secret' }, 'OLLAMA_HOST'],
		[{ DATABASE_URL: 'mysql://user:secret@host/db' }, 'DATABASE_URL'],
		[{ ...slack, SLACK_BOT_TOKEN: 'secret' }, 'SLACK_BOT_TOKEN'],
		[{ SLACK_BOT_TOKEN: 'xoxb-secret' }, 'SLACK_SIGNING_SECRET'],
		[{ SLACK_SIGNING_SECRET: 'secret' }, 'SLACK_BOT_TOKEN'],
		[{ OLLAMA_ANSWER_TOKENS: '8000' }, 'OLLAMA_ANSWER_TOKENS'],
		[{ OLLAMA_SLOTS: 'secret' }, 'OLLAMA_SLOTS'],
	])('refuses %j by naming the variable and never its value', (environment, name) => {
		const error = refusalOf(environment);
		expect(error.code).toBe('CONFIG_INVALID');
		expect(error.message).toContain(name);
		expect(error.message).not.toContain('secret');
	});

	it('names every bad variable at once', () => {
		const { message } = refusalOf({ PORT: 'x', LOG_LEVEL: 'loud' });
		expect(message).toContain('PORT');
		expect(message).toContain('LOG_LEVEL');
	});
});

function refusalOf(environment: Record<string, string>): BotError {
	try {
		readSettings(environment);
	} catch (error) {
		if (error instanceof BotError) return error;
	}
	throw new Error('it was accepted');
}
