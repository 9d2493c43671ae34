/** Boards for Grafana as data, and the JSON that it is given: its classic form, in both languages. */

export type BoardLanguage = 'en' | 'es';

export type BoardText = Readonly<Record<BoardLanguage, string>>;

/** As Grafana names it. `short` is a plain number. */
type Unit = 'short' | 's' | 'bytes' | 'percentunit' | 'ops' | 'dtdurations' | 'watt' | 'celsius' | 'bool_on_off' | 'dateTimeFromNow';

export interface Query {
	/** PromQL; `$__rate_interval` and `$__range` are Grafana's. */
	expression: string;
	/** As Grafana writes labels into it: `{{platform}}`. */
	legend: string;
}

export interface Panel {
	title: BoardText;
	kind: 'graph' | 'number';
	unit: Unit;
	queries: readonly Query[];
	/** What it shows nothing without, such as a graphics card; null for what every installation has. */
	needs: string | null;
}

export interface Board {
	/** In its address, and for good: links lead there. */
	id: string;
	title: BoardText;
	rows: readonly { title: BoardText; panels: readonly Panel[] }[];
}

interface PanelOptions {
	needs?: string;
}

export const both = (en: string, es: string): BoardText => ({ en, es });

/** A line over time for each query, or for each of its series. */
export function graph(
	title: BoardText,
	unit: Unit,
	queries: readonly (readonly [expression: string, legend: string])[],
	options: PanelOptions = {},
) {
	return panel('graph', title, unit, queries, options);
}

/** The newest value alone. */
export function figure(title: BoardText, unit: Unit, expression: string, options: PanelOptions & { legend?: string } = {}) {
	return panel('number', title, unit, [[expression, options.legend ?? '']], options);
}

function panel(
	kind: Panel['kind'],
	title: BoardText,
	unit: Unit,
	queries: readonly (readonly [string, string])[],
	{ needs }: PanelOptions,
): Panel {
	return { kind, title, unit, queries: queries.map(([expression, legend]) => ({ expression, legend })), needs: needs ?? null };
}

/** The width of Grafana's grid. */
const gridColumns = 24;
const sizes: Readonly<Record<Panel['kind'], { w: number; h: number }>> = { graph: { w: 8, h: 8 }, number: { w: 4, h: 4 } };
/** The variable through which all panels find their data. */
const source = { type: 'prometheus', uid: '$source' };

export function boardJson({ id, title, rows }: Board, language: BoardLanguage): object {
	const panels: object[] = [];
	let top = 0;
	const add = (entry: object) => void panels.push({ id: panels.length + 1, ...entry });
	for (const row of rows) {
		add({ type: 'row', title: row.title[language], collapsed: false, panels: [], gridPos: { x: 0, y: top, w: gridColumns, h: 1 } });
		top += 1;
		let [left, height] = [0, 0];
		for (const shown of row.panels) {
			const { w, h } = sizes[shown.kind];
			if (left + w > gridColumns) {
				top += height;
				[left, height] = [0, 0];
			}
			add({ ...panelJson(shown, language), gridPos: { x: left, y: top, w, h } });
			left += w;
			height = Math.max(height, h);
		}
		top += height;
	}
	return {
		uid: `openccb-${id}-${language}`,
		title: title[language],
		tags: ['openccb'],
		schemaVersion: 41,
		version: 1,
		editable: false,
		graphTooltip: 1,
		refresh: '30s',
		time: { from: 'now-6h', to: 'now' },
		links: [{ type: 'dashboards', title: 'OpenCCB', tags: ['openccb'], asDropdown: true, includeVars: true, keepTime: true }],
		templating: { list: [{ name: 'source', type: 'datasource', query: 'prometheus', label: 'Prometheus', hide: 2, refresh: 1 }] },
		annotations: { list: [] },
		panels,
	};
}

function panelJson({ kind, title, unit, queries }: Panel, language: BoardLanguage): object {
	const isNumber = kind === 'number';
	return {
		type: isNumber ? 'stat' : 'timeseries',
		title: title[language],
		datasource: source,
		fieldConfig: {
			defaults: { unit, ...(isNumber ? {} : { min: 0, custom: { lineWidth: 1, fillOpacity: 10, showPoints: 'never' } }) },
			overrides: [],
		},
		options: isNumber
			? { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false }, colorMode: 'none', textMode: 'auto' }
			: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } },
		targets: queries.map(({ expression, legend }, at) => ({
			refId: String.fromCharCode('A'.charCodeAt(0) + at),
			datasource: source,
			expr: expression,
			legendFormat: legend === '' ? '__auto' : legend,
			...(isNumber ? { instant: true } : { range: true }),
		})),
	};
}
