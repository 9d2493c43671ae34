/** The metrics as people read them: a table for the documentation, from the list that `/metrics` is made from. */

import { type MetricDefinition, metricList, metricPrefix } from '#src/observability/metric-list.ts';
import { spanishMetrics, spanishUnits } from './metrics-es.ts';

export function metricsTable(language: 'en' | 'es'): string {
	const isEnglish = language === 'en';
	const heading = isEnglish ? ['Metric', 'Labels', 'Unit', 'What it says'] : ['Métrica', 'Etiquetas', 'Unidad', 'Qué dice'];
	const rows = Object.entries<MetricDefinition>(metricList).map(([key, { name, labels, unit, help }]) => [
		`\`${metricPrefix}${name}\``,
		labels.map((label) => `\`${label}\``).join(', '),
		isEnglish ? unit : spanishUnits[unit],
		isEnglish ? help : spanishMetrics[key as keyof typeof metricList],
	]);
	return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
