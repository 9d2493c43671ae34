/** The files of `docker/prometheus` and `docker/alertmanager`, with a time that runs faster and addresses of this machine. What Prometheus compares stays as it is. */

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';

/** Five minutes are twenty seconds. */
const times = 15;

/** The exporter tries for two seconds before it says that PostgreSQL is away, however fast time runs: within the ten of a scrape, but not within one. */
const exporterTries = '4s';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function shortened(duration: string): string {
	return duration.replace(
		/(\d+)([smhd])/g,
		(_whole, count: string, unit: string) => `${Math.round((Number(count) * (unitMs[unit] ?? 0)) / times)}ms`,
	);
}

/** How long something lasts here that lasts so many minutes in the files. */
export function lasting(minutes: number): number {
	return (minutes * 60_000) / times;
}

/** Every time in rules and settings, and none in what is said. */
function faster(text: string): string {
	return text
		.split('\n')
		.map((line) => {
			if (/^\s*(?:summary_|#|- record:|record:)/.test(line)) return line;
			if (/^\s*(?:- )?(?:for|\w+_interval|group_wait|timeout|scrape_timeout):/.test(line)) return shortened(line);
			return line.replace(/\[[^\]"]*\]/g, shortened).replace(/offset \w+/g, shortened);
		})
		.join('\n');
}

export interface Addresses {
	program: string;
	alertmanager: string;
	prometheus: string;
	nodeExporter: string;
	postgresExporter: string;
	redisExporter: string;
	blackboxExporter: string;
	/** Of what no machine here has: graphics cards, full disks, old backups. */
	standIn: string;
	site: string;
}

/** @returns the paths of both configurations. */
export function writeConfigurations(folder: string, at: Addresses, token: string): { prometheus: string; alertmanager: string } {
	const source = join(projectFolder, 'docker');
	cpSync(join(source, 'prometheus'), join(folder, 'prometheus'), { recursive: true });
	mkdirSync(join(folder, 'alertmanager'));
	const rules = join(folder, 'prometheus/rules');
	for (const name of readdirSync(rules)) writeFileSync(join(rules, name), faster(readFileSync(join(rules, name), 'utf8')));
	const named: Readonly<Record<string, string>> = {
		'alertmanager:9093': at.alertmanager,
		'localhost:9090': at.prometheus,
		'node-exporter:9100': at.nodeExporter,
		'postgres-exporter:9187': at.postgresExporter,
		'redis-exporter:9121': at.redisExporter,
		'blackbox-exporter:9115': at.blackboxExporter,
	};
	const settings = Object.entries(named)
		.reduce((text, [name, address]) => text.replaceAll(name, address), readFileSync(join(source, 'prometheus/prometheus.yml'), 'utf8'))
		.replace(/ {4}dns_sd_configs:\n(?: {6}.*\n)+/, `    static_configs:\n      - targets: ["${at.program}"]\n`);
	const prometheus = join(folder, 'prometheus/prometheus.yml');
	writeFileSync(
		prometheus,
		faster(settings).replace(
			'job_name: postgres\n',
			`job_name: postgres\n    scrape_interval: ${exporterTries}\n    scrape_timeout: ${exporterTries}\n`,
		),
	);
	writeFileSync(join(folder, 'prometheus/targets/sites.yml'), `- targets: ["${at.site}"]\n`);
	writeFileSync(join(folder, 'prometheus/targets/graphics-cards.yml'), `- targets: ["${at.standIn}"]\n`);
	const secret = join(folder, 'alertmanager/token');
	writeFileSync(secret, token, { mode: 0o600 });
	const alertmanager = join(folder, 'alertmanager/alertmanager.yml');
	const routes = readFileSync(join(source, 'alertmanager/alertmanager.yml'), 'utf8')
		.replace('app:9464', at.program)
		.replace('/run/secrets/alerts_token', secret);
	writeFileSync(alertmanager, faster(routes));
	return { prometheus, alertmanager };
}
