import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { asSuperuser } from '#test/fakes/database.ts';
import { eventually } from './eventually.ts';
import { handled, requestsFor, wholeAnswers } from './observe.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('the bot on Slack without an address of its own (Socket Mode)', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({
			start: false,
			ollama: { tokensPerSecond: 100 },
			slack: { ackTimeoutMs: 1_000, retryDelaysMs: [300, 600, 1_200, 2_400, 4_800] },
		});
		delete workplace.environment['SLACK_SIGNING_SECRET'];
		workplace.environment['SLACK_APP_TOKEN'] = workplace.slack.appToken;
		await workplace.start();
		await eventually(() => workplace.slack.socketMode.connections() === 2);
	});
	afterAll(async () => await workplace.close());
	beforeEach(() => workplace.ollama.answer('Fine.'));

	it('answers mentions, commands and buttons', async () => {
		const { slack, people, channels, ask } = workplace;
		const ts = await ask('do you hear me?');
		const [answer] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(answer?.visibleText).toBe('Fine.');
		await handled(workplace);
		const command = await slack.slash({ user: people.tom, channel: channels.general, command: '/ccb', text: 'stop' });
		expect(command.failure).toBeUndefined();
		expect(await eventually(() => command.responses[0]?.text)).toBe(english.command.nothingToStop);
		const up = answer?.buttons.find((button) => button.value.startsWith('up:'));
		const press = {
			user: people.tom,
			channel: channels.general,
			ts: answer?.ts ?? '',
			actionId: up?.actionId ?? '',
			value: up?.value ?? '',
		};
		const rated = await slack.press(press);
		expect(rated.failure).toBeUndefined();
		expect(await eventually(() => rated.responses[0]?.text)).toBe(english.feedback.thanks);
	});

	it('loses nothing when Slack renews a connection', async () => {
		const { slack, channels, ask } = workplace;
		slack.socketMode.requestDisconnect('refresh_requested', 'one');
		const questions = await Promise.all(Array.from({ length: 4 }, (_, index) => ask(`while renewing ${index}`)));
		for (const ts of questions) await wholeAnswers(workplace, channels.general, ts, 1);
		await eventually(() => slack.socketMode.connections() === 2);
		await handled(workplace);
		for (const ts of questions) expect(workplace.answers(channels.general, ts)).toHaveLength(1);
	});

	it('survives the news that Slack cut its events off', async () => {
		const { slack, channels, ask, program } = workplace;
		await slack.announceAppRateLimited();
		const ts = await ask('still there?');
		await wholeAnswers(workplace, channels.general, ts, 1);
		expect((await program.readiness()).status).toBe(200);
	});

	it('acknowledges nothing that it cannot keep, and answers once it can', async () => {
		const { slack, channels, ask, environment } = workplace;
		const database = new URL(environment['DATABASE_URL'] ?? '').pathname.slice(1);
		await asSuperuser(`alter database ${database} with allow_connections false`);
		await asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`);
		const ts = await ask('keep this');
		const deliveries = () => slack.deliveries.filter(({ key }) => key === `${channels.general}:${ts}`);
		try {
			await eventually(() => deliveries().some(({ attempt }) => attempt > 0));
			expect(deliveries().every(({ httpStatus }) => httpStatus === null)).toBe(true);
		} finally {
			await asSuperuser(`alter database ${database} with allow_connections true`);
		}
		await wholeAnswers(workplace, channels.general, ts, 1);
		expect(requestsFor(workplace, 'keep this')).toHaveLength(1);
	});

	it('comes back on both connections when the way to Slack was cut', async () => {
		const { slack, channels, ask } = workplace;
		slack.fail({ method: 'apps.connections.open', kind: 'reset', times: 4 });
		slack.socketMode.cut();
		await eventually(() => slack.socketMode.connections() === 0);
		await eventually(() => slack.socketMode.connections() === 2);
		const ts = await ask('are you back?');
		await wholeAnswers(workplace, channels.general, ts, 1);
	});
});
