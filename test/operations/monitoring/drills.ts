/** What goes wrong, the alert that comes of it, and that the channel hears of both ends once. */

import assert from 'node:assert/strict';
import { eventually } from '#test/e2e/eventually.ts';
import { lasting } from './faster.ts';
import { ordinary, type WatchedCompany } from './watched-company.ts';

export interface Drill {
	name: string;
	run(company: WatchedCompany): Promise<void>;
}

interface Trouble {
	alert: string;
	/** Words of the sentence that the channel reads. */
	says: RegExp;
	/** In the files; how long it may take until the alert fires. */
	minutes: number;
	begin(company: WatchedCompany): unknown;
	/** Null for what ends by itself. */
	end: ((company: WatchedCompany) => unknown) | null;
}

/** Until it is noticed, told and grouped. */
const slackMs = 30_000;
const backup = 'openccb_backup_last_success_timestamp_seconds';
const disk = 'node_filesystem_avail_bytes{mountpoint="/data",fstype="ext4",device="/dev/sdb"}';
const certificate = 'probe_ssl_earliest_cert_expiry{instance="https://other"}';

function telling(series: string, value: number): Pick<Trouble, 'begin' | 'end'> {
	return {
		begin: ({ standIn }) => void standIn.values.set(series, value),
		end: ({ standIn }) => void standIn.values.set(series, ordinary[series] ?? 0),
	};
}

const troubles: readonly (Trouble & { name: string })[] = [
	{
		name: 'Redis goes away',
		alert: 'RedisGone',
		says: /Redis server does not answer/,
		minutes: 2,
		begin: ({ redis }) => redis.cut(),
		end: ({ redis }) => redis.restore(),
	},
	{
		name: 'PostgreSQL goes away',
		alert: 'PostgresGone',
		says: /PostgreSQL does not answer/,
		minutes: 2,
		begin: ({ postgres }) => postgres.cut(),
		end: ({ postgres }) => postgres.restore(),
	},
	{
		name: 'the graphics card is lost',
		alert: 'GraphicsCardGone',
		says: /graphics card is gone/,
		minutes: 1,
		begin: ({ ollama }) => ollama.setGraphicsCard(false),
		end: ({ ollama }) => ollama.setGraphicsCard(true),
	},
	{ name: 'the disk is nearly full', alert: 'DiskNearlyFull', says: /disk at \/data/, minutes: 5, ...telling(disk, 10) },
	{
		name: 'the backup is old',
		alert: 'BackupOld',
		says: /last good backup/,
		minutes: 10,
		...telling(backup, Date.now() / 1_000 - 27 * 3_600),
	},
	{
		name: 'a certificate has ended',
		alert: 'CertificateEnds',
		says: /certificate of \S+ has ended/,
		minutes: 10,
		...telling(certificate, Date.now() / 1_000 - 60),
	},
	{
		name: 'Slack refuses calls as too many',
		alert: 'PlatformRefusesCalls',
		says: /slack refuses calls/,
		minutes: 1,
		begin: async (company) => {
			// The road that answers take first, and for a while that of whole messages, by which this is told as well.
			company.slack.fail({ method: 'chat.startStream', kind: '429', times: 60, retryAfterSeconds: 1 });
			company.slack.fail({ method: 'chat.postMessage', kind: '429', times: 8, retryAfterSeconds: 1 });
			for (let question = 0; question < 20; question += 1) await company.ask(`storm ${question}`);
		},
		end: null,
	},
	{ name: 'the program starts again and again', alert: 'RestartLoop', says: /has started/, minutes: 1, begin: restartOften, end: null },
	// Last: what was closed does not come back.
	{
		name: 'the model host goes away',
		alert: 'ModelHostDown',
		says: /model host .* does not answer/,
		minutes: 5,
		begin: ({ ollama }) => ollama.close(),
		end: null,
	},
];

export const drills: readonly Drill[] = troubles.map((trouble) => ({
	name: `${trouble.name}: ${trouble.alert} fires in time, is told once, and its end once`,
	run: async (company) => await drill(company, trouble),
}));

async function drill(company: WatchedCompany, { alert, says, minutes, begin, end }: Trouble): Promise<void> {
	const lines = () =>
		company
			.told()
			.flatMap((text) => text.split('\n'))
			.filter((line) => says.test(line));
	assert.equal(lines().length, 0);
	await begin(company);
	await eventually(async () => (await company.firing()).has(alert), lasting(minutes) + slackMs);
	await eventually(() => lines().length === 1, slackMs);
	if (end === null && alert === 'ModelHostDown') return;
	await end?.(company);
	await eventually(async () => !(await company.firing()).has(alert), lasting(20) + slackMs);
	await eventually(() => lines().length === 2, slackMs);
	// Whatever would come twice comes with the next group.
	await new Promise((resolve) => setTimeout(resolve, lasting(2)));
	assert.equal(lines().length, 2);
}

async function restartOften(company: WatchedCompany): Promise<void> {
	for (let time = 0; time < 3; time += 1) {
		const scrapedAt = Number((await company.query('process_start_time_seconds{job="openccb"}'))[0]?.value[1] ?? 0);
		await company.restart();
		await eventually(async () => Number((await company.query('process_start_time_seconds{job="openccb"}'))[0]?.value[1] ?? 0) > scrapedAt);
	}
}

/** Nobody brings alerts any more. */
export async function proveSilence(company: WatchedCompany): Promise<void> {
	const silent = () => company.told().filter((text) => text.includes('Nothing has been heard from the monitoring'));
	assert.equal(silent().length, 0);
	await company.alertmanager.stop();
	await eventually(() => silent().length === 1, 120_000);
}
