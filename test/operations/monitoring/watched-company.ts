/** A company with everything that is watched: the program, PostgreSQL and Redis that can go away, a model, Slack, exporters, Prometheus and Alertmanager. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '#test/e2e/eventually.ts';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { startTcpProxy, type TcpProxy } from '#test/e2e/tcp-proxy.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { startRedis } from '#test/setup/redis-server.ts';
import { findPostgresPrograms, findRedisServer } from '../../../scripts/toolchain/system-parts.mjs';
import { freePorts } from '../https/free-ports.ts';
import { type Running, run } from '../https/running.ts';
import { lasting, writeConfigurations } from './faster.ts';
import { type StandInExporter, startSite, startStandInExporter } from './stand-in-exporter.ts';

export interface WatchedCompany extends AsyncDisposable {
	slack: SlackEmulator;
	ollama: OllamaEmulator;
	/** Answers in the place of the first. */
	otherOllama: OllamaEmulator;
	postgres: TcpProxy;
	redis: TcpProxy;
	standIn: StandInExporter;
	alertmanager: Running;
	/** Where people ask, and where alerts are told. */
	channels: { general: string; operations: string };
	/** Who asks. */
	user: string;
	/** The number of the process and what it has written. */
	program(): Program;
	restart(): Promise<void>;
	ask(text: string): Promise<string>;
	/** All that the operations channel was told, as one text for each message. */
	told(): string[];
	/** The result of a query now; empty when there is nothing. @throws Error for one that Prometheus refuses. */
	query(expression: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]>;
	/** Resolves once Prometheus has asked the program so many times more. */
	scraped(times: number): Promise<void>;
	/** Names of alerts that fire. */
	firing(): Promise<Set<string>>;
}

/** As a good graphics card writes them, so that an answer of some length takes some time. */
const tokensPerSecond = 200;
const token = 'a-token-that-both-know-0123456789';
/** Everything that no machine here has, as it is without trouble. */
export const ordinary: Readonly<Record<string, number>> = {
	'DCGM_FI_DEV_GPU_UTIL{gpu="0",Hostname="gpu"}': 40,
	'DCGM_FI_DEV_FB_USED{gpu="0",Hostname="gpu"}': 6_144,
	'DCGM_FI_DEV_FB_FREE{gpu="0",Hostname="gpu"}': 18_432,
	'DCGM_FI_DEV_POWER_USAGE{gpu="0",Hostname="gpu"}': 250,
	'DCGM_FI_DEV_GPU_TEMP{gpu="0",Hostname="gpu"}': 61,
	'DCGM_FI_DEV_XID_ERRORS{gpu="0",Hostname="gpu"}': 0,
	'node_filesystem_avail_bytes{mountpoint="/data",fstype="ext4",device="/dev/sdb"}': 60,
	'node_filesystem_size_bytes{mountpoint="/data",fstype="ext4",device="/dev/sdb"}': 100,
	openccb_backup_last_success_timestamp_seconds: Date.now() / 1_000,
	openccb_backup_last_verified_timestamp_seconds: Date.now() / 1_000,
	openccb_backup_size_bytes: 5_000_000,
	'probe_ssl_earliest_cert_expiry{instance="https://other"}': Date.now() / 1_000 + 40 * 86_400,
};

export async function openWatchedCompany(folder: string): Promise<WatchedCompany> {
	const postgresServer = await startPostgres(findPostgresPrograms() ?? '');
	const redisServer = await startRedis(findRedisServer() ?? 'redis-server');
	await createDatabase(postgresServer.url);
	const [postgres, redis] = await Promise.all([startTcpProxy(addressOf(postgresServer.url)), startTcpProxy(addressOf(redisServer.url))]);
	const [slack, ollama, otherOllama] = await Promise.all([
		startSlackEmulator({ retryDelaysMs: [200, 500, 1_000] }),
		startOllamaEmulator({ parallel: 8, tokensPerSecond }),
		startOllamaEmulator({ parallel: 8, tokensPerSecond }),
	]);
	const [standIn, site] = await Promise.all([startStandInExporter(ordinary), startSite(folder)]);
	const user = slack.workspace.addUser({ name: 'tom', realName: 'Tom Baker', locale: 'en-GB' }).id;
	const channels = {
		general: slack.workspace.addChannel({ name: 'general', members: [user] }).id,
		operations: slack.workspace.addChannel({ name: 'operations', members: [user] }).id,
	};
	const [port, operationsPort, ...others] = await freePorts(8);
	const [prometheusPort, alertmanagerPort, nodePort, postgresPort, redisPort, blackboxPort] = others as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	const at = (each: number) => `127.0.0.1:${each}`;
	const data = join(folder, 'data');
	mkdirSync(data);
	const environment = {
		PORT: `${port}`,
		OPENCCB_OPERATIONS_PORT: `${operationsPort}`,
		OPENCCB_DATA: data,
		DATABASE_URL: `postgres://postgres@${at(postgres.port)}/openccb`,
		REDIS_URL: `redis://${at(redis.port)}`,
		OLLAMA_HOST: `${ollama.url},${otherOllama.url}`,
		OLLAMA_MODEL: 'demo:latest',
		SLACK_BOT_TOKEN: slack.botToken,
		SLACK_SIGNING_SECRET: slack.signingSecret,
		SLACK_API_URL: slack.apiUrl,
		OPENCCB_REQUESTS_PER_MINUTE: 'none',
		OPENCCB_ALERTS_CHANNEL: `slack:${slack.teamId}:${channels.operations}`,
		OPENCCB_ALERTS_TOKEN: token,
		OPENCCB_ALERTS_SILENCE_MINUTES: '1',
		// It takes whatever comes.
		OTEL_EXPORTER_OTLP_ENDPOINT: `http://${standIn.address}`,
	};
	let program = await startProgram(environment);
	slack.setEventsUrl(`${program.address}/slack/events`);
	const files = writeConfigurations(
		folder,
		{
			...{ program: at(operationsPort), alertmanager: at(alertmanagerPort), prometheus: at(prometheusPort), nodeExporter: at(nodePort) },
			...{ postgresExporter: at(postgresPort), redisExporter: at(redisPort), blackboxExporter: at(blackboxPort) },
			...{ standIn: standIn.address, site: site.url },
		},
		token,
	);
	const listen = (each: number) => `--web.listen-address=${at(each)}`;
	const exporters = [
		run('prometheus-node-exporter', [listen(nodePort)]),
		run('prometheus-redis-exporter', ['-web.listen-address', at(redisPort), '-redis.addr', `redis://${at(redis.port)}`]),
		run('prometheus-postgres-exporter', [listen(postgresPort)], {
			DATA_SOURCE_NAME: `postgresql://postgres@${at(postgres.port)}/openccb?sslmode=disable`,
		}),
		run('prometheus-blackbox-exporter', ['--config.file=docker/blackbox/blackbox.yml', listen(blackboxPort)]),
	];
	const alertmanager = run('prometheus-alertmanager', [
		...[
			`--config.file=${files.alertmanager}`,
			`--storage.path=${join(folder, 'alerts')}`,
			listen(alertmanagerPort),
			'--cluster.listen-address=',
		],
	]);
	const prometheus = run('prometheus', [
		`--config.file=${files.prometheus}`,
		`--storage.tsdb.path=${join(folder, 'measurements')}`,
		// What is found before it knows Alertmanager, it tells once more: after a minute where time runs as usual.
		`--rules.alert.resend-delay=${lasting(1)}ms`,
		listen(prometheusPort),
	]);
	const base = `http://${at(prometheusPort)}`;
	await eventually(async () => {
		if (prometheus.exitCode() !== null) throw new Error(prometheus.output());
		return (await fetch(`${base}/-/ready`)).ok;
	});

	async function query(expression: string) {
		const answer = await fetch(`${base}/api/v1/query?${new URLSearchParams({ query: expression })}`);
		const body = (await answer.json()) as {
			status: string;
			error?: string;
			data: { result: Awaited<ReturnType<WatchedCompany['query']>> };
		};
		if (body.status !== 'success') throw new Error(`${expression}: ${body.error}`);
		return body.data.result;
	}

	const scrapes = async () => Number((await query('count_over_time(up{job="openccb"}[1h])'))[0]?.value[1] ?? 0);

	return {
		...{ slack, ollama, otherOllama, postgres, redis, standIn, user, channels, alertmanager, query },
		program: () => program,
		async restart() {
			await program.kill();
			program = await startProgram(environment, { ready: false });
		},
		ask: async (text) => (await slack.say({ user, channel: channels.general, text: `<@${slack.botUserId}> ${text}` })).ts,
		told: () =>
			slack
				.messages(channels.operations)
				.filter(({ botId, deleted }) => botId === slack.botId && !deleted)
				.map(({ visibleText }) => visibleText),
		async scraped(times) {
			const wanted = (await scrapes()) + times;
			await eventually(async () => (await scrapes()) >= wanted);
		},
		firing: async () => new Set((await query('ALERTS{alertstate="firing"}')).map(({ metric }) => metric['alertname'] ?? '')),
		async [Symbol.asyncDispose]() {
			await Promise.all([prometheus, alertmanager, ...exporters].map((each) => each.stop()));
			await program.kill();
			await Promise.all([
				slack.close(),
				ollama.close().catch(() => {}),
				otherOllama.close(),
				postgres.close(),
				redis.close(),
				standIn.close(),
				site.close(),
			]);
			await Promise.all([postgresServer.stop(), redisServer.stop()]);
		},
	};
}

async function createDatabase(url: string): Promise<void> {
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query('create database openccb');
	await client.end();
}

function addressOf(url: string): { host: string; port: number } {
	const { hostname, port } = new URL(url);
	return { host: hostname, port: Number(port) };
}
