import { expect, it } from 'vitest';
import { createObservability } from '#src/observability/observability.ts';

it('shows which version runs among the metrics', async () => {
	const { metrics } = createObservability('error', { version: '1.2.3', commit: 'abc1234' });
	expect(await metrics.registry.metrics()).toContain('openccb_build_info{version="1.2.3",commit="abc1234"} 1\n');
});
