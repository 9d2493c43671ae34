/** People of one company on three platforms, told apart by one program. */

import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { describeAdminOrders } from './people/admin-orders.contract.ts';
import { describeCommands } from './people/commands.contract.ts';
import { type Everywhere, openEverywhere, usualAnswer } from './people/everywhere.ts';
import { describeLinks } from './people/links.contract.ts';
import { describeModels } from './people/models.contract.ts';
import { describeOrders } from './people/orders.contract.ts';
import { describeOwnData } from './people/own-data.contract.ts';
import { describePast } from './people/past.contract.ts';
import { describeSigningIn } from './people/sign-in.contract.ts';
import { describeStanding } from './people/standing.contract.ts';
import { leaks } from './promises.ts';
import { publicUrl } from './web-page.ts';

describe('people on three platforms at once', () => {
	let company: Everywhere;
	beforeAll(async () => {
		company = await openEverywhere({ OPENCCB_PUBLIC_URL: publicUrl });
		company.ollama.answer(usualAnswer);
	});
	afterEach(() => {
		for (const stage of company.stages) expect([stage.name, stage.refusedCalls()]).toEqual([stage.name, 0]);
	});
	afterAll(async () => {
		const secrets = company.stages.flatMap((stage) => stage.secrets());
		expect(leaks(company, secrets)).toEqual([]);
		await company.close();
	});

	describeStanding(() => company);
	describeLinks(() => company);
	describeCommands(() => company);
	describeAdminOrders(() => company);
	describeOrders(() => company);
	describeModels(() => company);
	describeOwnData(() => company);
	describePast(() => company);
	describeSigningIn(() => company);
});
