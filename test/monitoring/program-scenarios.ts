/** What happens to the program, its models and its platforms, with the alerts that it is worth. */

import { changing, rising, risingAt, type Scenario } from './scenario.ts';

const part = (name: string, state: string) => `openccb_part_state{part="${name}",state="${state}"}`;

export const programScenarios: readonly Scenario[] = [
	{ name: 'an ordinary day', series: {}, at: 60, firing: [] },
	{ name: 'the program is gone', series: { 'up{job="openccb",instance="app"}': 0 }, at: 4, firing: ['ProgramGone'] },
	{ name: 'a scrape was missed', series: { 'up{job="openccb",instance="app"}': changing(1, 9, 0, 10) }, at: 10, firing: [] },
	{
		name: 'it starts again and again',
		series: { 'process_start_time_seconds{job="openccb"}': [1, 1, 100, 100, 200, 200, 300, 300, 300] },
		at: 8,
		firing: ['RestartLoop'],
	},
	{ name: 'it was updated', series: { 'process_start_time_seconds{job="openccb"}': changing(1, 5, 300, 8) }, at: 8, firing: [] },
	{ name: 'a part is down', series: { [part('slack', 'down')]: 1 }, at: 6, firing: ['PartDown'] },
	{ name: 'a part was down for a moment', series: { [part('slack', 'down')]: changing(0, 4, 1, 6) }, at: 6, firing: [] },
	{ name: 'a part is degraded', series: { [part('models', 'degraded')]: 1 }, at: 16, firing: ['PartDegraded'] },
	{ name: 'a part is degraded for minutes', series: { [part('models', 'degraded')]: 1 }, at: 14, firing: [] },
	{
		name: 'Redis is away',
		series: { 'openccb_cache_mode{mode="degraded"}': 1, [part('cache', 'degraded')]: 1 },
		at: 20,
		firing: ['RedisDegraded'],
	},
	{
		name: 'there is no Redis',
		series: { 'openccb_cache_mode{mode="degraded"}': 0, 'openccb_cache_mode{mode="local"}': 1 },
		at: 20,
		firing: [],
	},
	{ name: 'the inbox stands still', series: { openccb_inbox_oldest_seconds: 61 }, at: 6, firing: ['InboxStuck'] },
	{ name: 'somebody waits for a minute', series: { openccb_inbox_oldest_seconds: 60 }, at: 30, firing: [] },
	{ name: 'everybody waits for the database', series: { openccb_database_waiting: 3 }, at: 11, firing: ['DatabaseCrowded'] },
	{ name: 'a burst waits for the database', series: { openccb_database_waiting: changing(0, 9, 90, 11) }, at: 11, firing: [] },
	{
		name: 'a job failed for good',
		series: { 'openccb_jobs{kind="summary",state="failed"}': changing(1, 70, 2, 80) },
		at: 80,
		firing: ['JobsFailedForGood'],
	},
	{
		name: 'the first job failed for good',
		series: { 'openccb_jobs{kind="summary",state="failed"}': 1 },
		at: 2,
		firing: ['JobsFailedForGood'],
	},
	{ name: 'a job failed for good long ago', series: { 'openccb_jobs{kind="summary",state="failed"}': 1 }, at: 90, firing: [] },
	{ name: 'nobody does jobs', series: { 'openccb_jobs_oldest_seconds{kind="summary"}': 3_700 }, at: 11, firing: ['JobsWaitLong'] },
	{ name: 'jobs wait for half an hour', series: { 'openccb_jobs_oldest_seconds{kind="summary"}': 1_800 }, at: 60, firing: [] },
	{
		name: 'a platform refuses many calls',
		series: { 'openccb_platform_limited_total{platform="slack",operation="edit"}': rising(2, 12) },
		at: 12,
		firing: ['PlatformRefusesCalls'],
	},
	{
		name: 'a platform refuses some calls',
		series: { 'openccb_platform_limited_total{platform="slack",operation="edit"}': rising(0.5, 12) },
		at: 12,
		firing: [],
	},
	{ name: 'a model host is down', series: { 'openccb_model_host_up{host="http://a"}': 0 }, at: 6, firing: ['ModelHostDown'] },
	{
		name: 'one process does not reach a host',
		series: { 'openccb_model_host_up{host="http://a",instance="1"}': 0, 'openccb_model_host_up{host="http://a",instance="2"}': 1 },
		at: 30,
		firing: [],
	},
	{
		name: 'a graphics card is gone',
		series: {
			'openccb_model_loaded_bytes{model="m",host="h"}': 100,
			'openccb_model_vram_bytes{model="m",host="h"}': changing(100, 10, 0, 12),
		},
		at: 12,
		firing: ['GraphicsCardGone'],
	},
	{
		name: 'there never was a graphics card',
		series: { 'openccb_model_loaded_bytes{model="m",host="h"}': 100, 'openccb_model_vram_bytes{model="m",host="h"}': 0 },
		at: 60,
		firing: [],
	},
	{
		name: 'a graphics card reports an error',
		series: { 'DCGM_FI_DEV_XID_ERRORS{gpu="0",instance="h"}': changing(0, 3, 79, 5) },
		at: 5,
		firing: ['GraphicsCardError'],
	},
	{ name: 'it reported one long ago', series: { 'DCGM_FI_DEV_XID_ERRORS{gpu="0",instance="h"}': 79 }, at: 30, firing: [] },
	{
		name: 'people wait long for a model',
		series: {
			'openccb_model_queue_wait_seconds_bucket{le="60"}': rising(0.5, 25),
			'openccb_model_queue_wait_seconds_bucket{le="120"}': rising(1, 25),
			'openccb_model_queue_wait_seconds_bucket{le="+Inf"}': rising(1, 25),
			openccb_model_queue_wait_seconds_count: rising(1, 25),
		},
		at: 25,
		firing: ['QueueWaitLong'],
	},
	{
		name: 'the few of a night wait long for a model',
		series: {
			'openccb_model_queue_wait_seconds_bucket{le="60"}': 0,
			'openccb_model_queue_wait_seconds_bucket{le="120"}': risingAt([10, 12, 14], 25),
			'openccb_model_queue_wait_seconds_bucket{le="+Inf"}': risingAt([10, 12, 14], 25),
			openccb_model_queue_wait_seconds_count: risingAt([10, 12, 14], 25),
		},
		at: 25,
		firing: [],
	},
	{
		name: 'a model begins late',
		series: {
			'openccb_model_first_token_seconds_bucket{model="m",le="30"}': rising(0.5, 30),
			'openccb_model_first_token_seconds_bucket{model="m",le="60"}': rising(1, 30),
			'openccb_model_first_token_seconds_bucket{model="m",le="+Inf"}': rising(1, 30),
			'openccb_model_first_token_seconds_count{model="m"}': rising(1, 30),
		},
		at: 30,
		firing: ['FirstTokenSlow'],
	},
];
