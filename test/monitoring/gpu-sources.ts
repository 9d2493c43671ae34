/** What exporters of graphics cards tell of one card at 40 % with 6 of 24 GiB taken, 250 W and 61 °C, each in its own words and units. */

export interface GpuSource {
	name: string;
	series: Readonly<Record<string, number>>;
	/** What the rules call the card. */
	card: string;
	/** Whether it tells of errors. */
	hasErrors: boolean;
}

const gibibyte = 1024 ** 3;
const dcgm = '{gpu="0",UUID="GPU-1",instance="gpu:9400",job="graphics-cards"}';
const smi = '{uuid="aa-1",instance="gpu:9400",job="graphics-cards"}';
const amd = '{gpu_id="0",card_series="MI300X",instance="gpu:9400",job="graphics-cards"}';

export const gpuSources: readonly GpuSource[] = [
	{
		name: 'dcgm-exporter up to 4.8',
		card: '0',
		hasErrors: true,
		series: {
			[`DCGM_FI_DEV_GPU_UTIL${dcgm}`]: 40,
			[`DCGM_FI_DEV_FB_USED${dcgm}`]: 6 * 1024,
			[`DCGM_FI_DEV_FB_FREE${dcgm}`]: 18 * 1024,
			[`DCGM_FI_DEV_POWER_USAGE${dcgm}`]: 250,
			[`DCGM_FI_DEV_GPU_TEMP${dcgm}`]: 61,
			[`DCGM_FI_DEV_XID_ERRORS${dcgm}`]: 0,
		},
	},
	{
		name: 'dcgm-exporter from 4.9 on',
		card: '0',
		hasErrors: true,
		series: {
			[`DCGM_FI_DEV_GPU_UTIL_RATIO${dcgm}`]: 0.4,
			[`DCGM_FI_DEV_FB_USED_BYTES${dcgm}`]: 6 * gibibyte,
			[`DCGM_FI_DEV_FB_CAPACITY_BYTES${dcgm}`]: 24 * gibibyte,
			[`DCGM_FI_DEV_BOARD_POWER_WATTS${dcgm}`]: 250,
			[`DCGM_FI_DEV_GPU_TEMP_CELSIUS${dcgm}`]: 61,
			[`DCGM_FI_DEV_XID_ERROR${dcgm}`]: 0,
		},
	},
	{
		name: 'nvidia_gpu_exporter',
		card: 'aa-1',
		hasErrors: true,
		series: {
			[`nvidia_smi_utilization_gpu_ratio${smi}`]: 0.4,
			[`nvidia_smi_memory_used_bytes${smi}`]: 6 * gibibyte,
			[`nvidia_smi_memory_total_bytes${smi}`]: 24 * gibibyte,
			[`nvidia_smi_power_draw_watts${smi}`]: 250,
			[`nvidia_smi_temperature_gpu${smi}`]: 61,
			[`nvidia_smi_xid_errors_total${smi}`]: 0,
		},
	},
	...['', 'amd_'].map((prefix) => ({
		name: `AMD's device-metrics-exporter with the prefix "${prefix}"`,
		card: '0',
		hasErrors: false,
		series: {
			[`${prefix}gpu_gfx_activity${amd}`]: 40,
			[`${prefix}gpu_used_vram${amd}`]: 6 * 1024,
			[`${prefix}gpu_total_vram${amd}`]: 24 * 1024,
			[`${prefix}gpu_package_power${amd}`]: 250,
			[`${prefix}gpu_junction_temperature${amd}`]: 61,
		},
	})),
];

/** What the rules are to make of it. */
const expected: readonly (readonly [record: string, value: number])[] = [
	['openccb:gpu_utilization:ratio', 0.4],
	['openccb:gpu_memory_used:bytes', 6 * gibibyte],
	['openccb:gpu_memory_total:bytes', 24 * gibibyte],
	['openccb:gpu_power:watts', 250],
	['openccb:gpu_temperature:celsius', 61],
];

export function gpuTest({ name, series, card, hasErrors }: GpuSource): object {
	const wanted = hasErrors ? [...expected, ['openccb:gpu_errors:state', 0] as const] : expected;
	return {
		name,
		interval: '1m',
		input_series: Object.entries(series).map(([one, value]) => ({ series: one, values: `${value}x5` })),
		promql_expr_test: wanted.map(([record, value]) => ({
			expr: record,
			eval_time: '4m',
			exp_samples: [{ labels: `${record}{card="${card}",instance="gpu:9400"}`, value }],
		})),
	};
}
