/** Processes that do a part of the work each. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { queryDatabase, requestsFor, summaryRequests } from './observe.ts';
import type { Program } from './program.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('a process for chats and one for jobs', () => {
	let workplace: Workplace;
	let chat: Program;
	beforeAll(async () => {
		const environment = { OPENCCB_ROLES: 'chat', OLLAMA_CONTEXT_TOKENS: '2048', OLLAMA_ANSWER_TOKENS: '1024' };
		workplace = await openWorkplace({ environment });
		chat = workplace.program;
	});
	afterAll(() => workplace.close());

	it('share the work: one answers and leaves a summary, the other writes it and listens to nobody', async () => {
		const { slack, ollama, people, channels, ask, answered } = workplace;
		const filler = 'The delivery of the blue pumps to the warehouse in Zaragoza is planned for the second week of the month. '.repeat(4);
		ollama.answer((body) => (body.messages?.[0]?.content.startsWith('Summarise') ? 'SUMMARY: blue pumps.' : `Noted. ${filler}`));
		const ts = await ask(`note 0: ${filler}`);
		await answered(channels.general, ts);
		const waiting = () => chat.metric('openccb_jobs', 'kind="summary"', 'state="waiting"');
		for (let said = 1; (await waiting()) === 0; said++) {
			const text = `note ${said}: ${filler}`;
			await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text });
			await eventually(() => requestsFor(workplace, `note ${said}:`).length > 0);
			await eventually(async () => (await chat.metric('openccb_running_turns')) === 0);
		}
		expect(summaryRequests(workplace)).toEqual([]);

		workplace.environment['OPENCCB_ROLES'] = 'jobs';
		const jobs = await workplace.start();
		const summary = 'select id from conversations where thread_id = $1 and summary is not null';
		await eventually(async () => (await queryDatabase(workplace, summary, [ts])).length === 1);
		await eventually(async () => (await jobs.metric('openccb_job_tries_total', 'kind="summary"', 'outcome="done"')) === 1);
		expect(await waiting()).toBe(0);
		expect(jobs.address).toBe('');
		expect((await jobs.readiness()).body.parts).not.toHaveProperty('slack');
	});
});
