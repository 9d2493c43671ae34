/** What happens around the program, with the alerts that it is worth. */

import { changing, rising, type Scenario } from './scenario.ts';

const disk = (kind: 'avail' | 'size') => `node_filesystem_${kind}_bytes{instance="m",mountpoint="/",fstype="ext4",device="/dev/sda"}`;
const hour = 60;
const day = 24 * hour;
const secondsOf = (days: number) => days * 86_400;
const certificate = (endsInDays: number) => ({ 'probe_ssl_earliest_cert_expiry{instance="https://bot"}': secondsOf(endsInDays) });

export const machineScenarios: readonly Scenario[] = [
	{ name: 'the disk is nearly full', series: { [disk('avail')]: 14, [disk('size')]: 100 }, at: 6, firing: ['DiskNearlyFull'] },
	{ name: 'a sixth of the disk is free', series: { [disk('avail')]: 16, [disk('size')]: 100 }, at: 60, firing: [] },
	{
		name: 'the disk fills within a day',
		series: { [disk('avail')]: rising(-0.05, 420).map((value) => 60 + value), [disk('size')]: 100 },
		at: 420,
		firing: [],
	},
	{
		name: 'the disk is half full and fills within a day',
		series: { [disk('avail')]: rising(-0.05, 470).map((value) => 60 + value), [disk('size')]: 100 },
		at: 470,
		firing: ['DiskFullSoon'],
	},
	{
		name: 'memory runs out',
		series: { node_memory_MemAvailable_bytes: 4, node_memory_MemTotal_bytes: 100 },
		at: 11,
		firing: ['MemoryShort'],
	},
	{ name: 'memory is used', series: { node_memory_MemAvailable_bytes: 8, node_memory_MemTotal_bytes: 100 }, at: 60, firing: [] },
	{ name: 'the clock is off', series: { 'node_timex_offset_seconds{instance="m"}': -0.8 }, at: 6, firing: ['ClockOff'] },
	{ name: 'the clock is as clocks are', series: { 'node_timex_offset_seconds{instance="m"}': 0.02 }, at: 60, firing: [] },
	{ name: 'PostgreSQL is gone', series: { pg_up: 0 }, at: 3, firing: ['PostgresGone'] },
	{ name: 'PostgreSQL starts again', series: { pg_up: changing(1, 9, 0, 10) }, at: 10, firing: [] },
	{
		name: 'most connections of PostgreSQL are taken',
		series: { pg_stat_activity_count: 170, pg_settings_max_connections: 200 },
		at: 6,
		firing: ['PostgresConnectionsNearLimit'],
	},
	{
		name: 'half the connections of PostgreSQL are taken',
		series: { pg_stat_activity_count: 100, pg_settings_max_connections: 200 },
		at: 60,
		firing: [],
	},
	{
		name: 'the log of PostgreSQL is not archived',
		series: { pg_stat_archiver_failed_count: rising(1, 12) },
		at: 12,
		firing: ['ArchiveFails'],
	},
	{ name: 'an archive failed long ago', series: { pg_stat_archiver_failed_count: 7 }, at: 60, firing: [] },
	{ name: 'Redis is gone', series: { redis_up: 0 }, at: 3, firing: ['RedisGone'] },
	{ name: 'nobody comes through the proxy', series: { 'probe_success{instance="https://bot"}': 0 }, at: 6, firing: ['SiteUnreachable'] },
	{ name: 'the proxy starts again', series: { 'probe_success{instance="https://bot"}': changing(1, 8, 0, 10) }, at: 10, firing: [] },
	{ name: 'a certificate of ninety days is not renewed', series: certificate(14), at: 5 * day, firing: ['CertificateEnds'] },
	{ name: 'a certificate has twelve days left', series: certificate(17), at: 5 * day - 60, firing: [] },
	{ name: 'a certificate of six days ends', series: certificate(6), at: 5.5 * day, firing: ['CertificateEnds'] },
	{ name: 'a certificate of twelve hours is as it always is', series: certificate(0.5), at: 6 * hour, firing: [] },
	{ name: 'a certificate of twelve hours has ended', series: certificate(0.5), at: 13 * hour, firing: ['CertificateEnds'] },
	{ name: 'no backup since yesterday', series: { openccb_backup_last_success_timestamp_seconds: 0 }, at: 27 * hour, firing: ['BackupOld'] },
	{ name: 'the backup of last night', series: { openccb_backup_last_success_timestamp_seconds: 0 }, at: 25 * hour, firing: [] },
	{
		name: 'no backup was restored for nine days',
		series: { openccb_backup_last_verified_timestamp_seconds: 0 },
		at: 9 * day + 2 * hour,
		firing: ['BackupUnverified'],
	},
	{ name: 'an exporter is gone', series: { 'up{job="redis",instance="r"}': 0 }, at: 11, firing: ['ExporterGone'] },
	{ name: 'an exporter starts again', series: { 'up{job="redis",instance="r"}': changing(1, 8, 0, 10) }, at: 10, firing: [] },
];
