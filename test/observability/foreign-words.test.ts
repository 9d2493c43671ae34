/** That no word of what was said, or of what was sent, comes into the log by way of an error. */

import { WebAPIPlatformError } from '@slack/web-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { BotError, toBotError } from '#src/errors.ts';
import { foreignMessage, foreignSentence, foreignWord } from '#src/foreign-words.ts';
import { describeError } from '#src/observability/logger.ts';
import { toPlatformError as toSlackError } from '../../adapters/slack/errors.ts';
import { toPlatformError as toTeamsError } from '../../adapters/teams/errors.ts';
import { readFailure } from '../../adapters/teams/http.ts';
import { logLines } from './log-lines.ts';

const said = 'the canary sings of secrets';

/** What libraries and the language say of something that they were given; each throws. */
const failures: Record<string, string> = {
	'JSON that is none': 'JSON.parse(said)',
	'JSON that breaks off': 'JSON.parse(\'{"text": "\' + said)',
	'a number that is none': 'BigInt(said)',
	'a pattern that is none': "new RegExp('(' + said)",
	'an address that is none': 'new URL(said)',
	'a request to an address that is none': 'await fetch(said)',
	'a request to an address with a secret in it': "await fetch('ftp://user:' + 'canary@host/canary?secrets')",
	'a header that cannot be': "new Headers({ x: said + '\\n\\u2603' })",
	'a language that is none': 'new Intl.DateTimeFormat([said])',
	'a value of the wrong kind': 'Buffer.from({ [said]: said }).at(said.length).concat()',
	'a setting that is none':
		"(await import('zod')).z.object({ a: (await import('zod')).z.enum(['x']) }).strict().parse({ a: said, [said]: 1 })",
	'a token that is none': "(await import('jose')).decodeJwt('a.' + Buffer.from(said).toString('base64url') + '.c')",
	'a text that is thrown': 'throw said',
	'an object that is thrown': 'throw { message: said, text: said }',
	'a message of several lines': "throw new Error('it failed\\n' + said + '\\n    at ' + said + ':1:1')",
	'a message that goes on as JSON': "throw new Error('it failed: ' + JSON.stringify({ text: said }))",
	'a name that is a text': 'throw Object.assign(new Error(), { name: said })',
	'a code and a reason that are texts': 'throw Object.assign(new Error(), { code: said, reason: said })',
};

describe('a log line about', () => {
	let lines: Record<string, unknown>[];
	beforeAll(async () => {
		const attempts = Object.entries(failures).map(
			([name, code]) => `
				await attempt(${JSON.stringify(name)}, async () => { ${code.startsWith('throw') ? code : `return ${code}`} });`,
		);
		lines = await logLines(`
			import { toBotError } from '#src/errors.ts';
			const said = ${JSON.stringify(said)};
			async function attempt(name, fail) {
				const thrown = await fail().then(() => undefined, (error) => ({ error }));
				if (thrown === undefined) throw new TypeError(name + ' does not fail');
				logger.error({ err: thrown.error, name }, 'as it is');
				logger.error({ err: toBotError(thrown.error), name }, 'as ours');
				logger.error({ err: new BotError('INTERNAL', 'ours', { cause: thrown.error }), name }, 'as a cause');
				createSdkLogger(logger, name).error(Object(thrown.error) instanceof Error ? thrown.error : {}, "lost");
			}
			${attempts.join('')}
		`);
	}, 30_000);

	it.each(Object.keys(failures))('%s holds nothing of it', (name) => {
		const about = lines.filter((line) => line['name'] === name || line['sdk'] === name);
		expect(about).toHaveLength(4);
		expect(JSON.stringify(about)).not.toMatch(/canary|secrets/);
	});
});

describe('what is left of the words of others', () => {
	it.each([
		['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED 127.0.0.1:5432'],
		['An API error occurred: invalid_auth', 'An API error occurred: invalid_auth'],
		['unexpected "aud" claim value', 'unexpected …'],
		['it failed at https://user:pass@host/path?token=1 today', 'it failed at https://… today'],
		['x'.repeat(1_000), `${'x'.repeat(160)}…`],
	])('of %j is %j', (sentence, expected) => {
		expect(foreignSentence(sentence)).toBe(expected);
		expect(foreignMessage(new Error(sentence))).toBe(expected);
	});

	it('still says where an error came from', () => {
		expect(describeError(new Error(said)).stack).toContain('foreign-words.test.ts');
		expect(describeError(toBotError(new Error('plain'))).cause?.stack).toContain('foreign-words.test.ts');
	});

	it.each(['missing_scope', 'BadRequest', 'subCode-1.2'])('keeps the word %s', (word) => {
		expect(foreignWord(word)).toBe(word);
	});

	it.each([said, '', '<html>', 'a'.repeat(81), 'a\nb', null, { word: 'x' }])('takes %j for no word', (word) => {
		expect(foreignWord(word)).toBe('unknown');
	});

	it('is no sentence of a platform where its word should be', async () => {
		const slack = toSlackError('chat.postMessage', new WebAPIPlatformError({ ok: false, error: said } as never));
		expect([slack.message, slack.reason]).toEqual(['Slack refused chat.postMessage: not-slack', 'not-slack']);
		const answer = Response.json({ error: { code: said, message: said } }, { status: 400 });
		const teams = toTeamsError('send', await readFailure('send', answer, new AbortController().signal), 0);
		expect(JSON.stringify(describeError(teams))).not.toContain('canary');
		expect(teams).toBeInstanceOf(BotError);
	});
});
