/** The settings of traces. */

import { url } from './setting-types.ts';
import { defineSettings } from './slice.ts';

export const tracesSettings = defineSettings({
	variables: {
		OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:'], 'http://collector:4318')
			.optional()
			.describe(
				'Collector of OpenTelemetry that is told, over OTLP/HTTP, where the time of each answer goes, without anything that was said; nobody when not set',
			),
	},
	/** Null where nothing is traced. */
	group: ({ OTEL_EXPORTER_OTLP_ENDPOINT }) => ({ endpoint: OTEL_EXPORTER_OTLP_ENDPOINT ?? null }),
});
