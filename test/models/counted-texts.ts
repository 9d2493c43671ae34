/** Texts of each kind, and how many tokens three families' own tokenizers make of them: SmolLM2's vocabulary is the smallest in use, gpt-oss's the largest. */

export interface CountedText {
	kind: string;
	text: string;
	smollm2: number;
	llama3: number;
	gptOss: number;
}

export const countedTexts: readonly CountedText[] = [
	{
		kind: 'Spanish prose',
		text: 'Estimado equipo: el lunes por la mañana nos reuniremos con los proveedores para revisar los plazos de entrega y las condiciones de pago. Os pido que preparéis un resumen breve de las incidencias del último trimestre, con las causas que conozcáis y las medidas que ya se han tomado. Quien no pueda asistir deberá avisarlo antes del viernes a Recursos Humanos. También conviene recordar que las vacaciones pendientes caducan en marzo, y que las solicitudes se tramitan por la intranet.',
		smollm2: 160,
		llama3: 125,
		gptOss: 102,
	},
	{
		kind: 'English prose',
		text: 'Dear team, on Monday morning we will meet the suppliers to go over delivery dates and payment terms. Please prepare a short summary of the incidents of the last quarter, with the causes you know of and the measures that have been taken so far. If you cannot attend, let Human Resources know before Friday. Please also remember that unused holidays expire in March, and that requests are made on the intranet.',
		smollm2: 82,
		llama3: 82,
		gptOss: 81,
	},
	{
		kind: 'CSV',
		text: 'fecha;cliente;producto;unidades;importe\n2026-01-10;Ferrer 37;Silla giratoria 1;13;1234.56\n2026-02-11;Ferrer 74;Silla giratoria 2;26;2469.12\n2026-03-12;Ferrer 14;Silla giratoria 3;39;3703.68\n2026-04-13;Ferrer 51;Silla giratoria 4;2;4938.24\n2026-05-14;Ferrer 88;Silla giratoria 5;15;6172.80',
		smollm2: 195,
		llama3: 140,
		gptOss: 140,
	},
	{
		kind: 'code',
		text: 'export function createCounts() {\n\tconst counts = new Map<string, number>();\n\treturn {\n\t\tadd(key: string, change: number): void {\n\t\t\tconst count = (counts.get(key) ?? 0) + change;\n\t\t\tif (count > 0) counts.set(key, count);\n\t\t\telse counts.delete(key);\n\t\t},\n\t\tof: (key: string) => counts.get(key) ?? 0,\n\t};\n}',
		smollm2: 113,
		llama3: 88,
		gptOss: 88,
	},
	{
		kind: 'SQL',
		text: "SELECT c.nombre, SUM(p.importe) AS total\nFROM pedidos p\nJOIN clientes c ON c.id = p.cliente_id\nWHERE p.fecha >= '2026-01-01'\nGROUP BY c.nombre\nORDER BY total DESC;",
		smollm2: 75,
		llama3: 51,
		gptOss: 50,
	},
	{
		kind: 'digits',
		text: '0;7;14;21;28;35;42;49;56;63;70;77;84;91;98;105;112;119;126;133;140;147;154;161;168;175;182;189;196;203;210;217;224;231;238;245;252;259;266;273;280;287;294;301;308;315;322;329;336;343;350;357;364;371;378;385;392;399;406;413;420;427;434;441;448;455;462;469;476;483;490;497;504;511;518;525;532;539;546;553;560;567;574;581;588;595;602;609;616;623;630;637;644;651;658;665;672;679;686;693;700;707;714;721;728;735;742;749;756;763;770;777;784;791;798;805;812;819;826;833',
		smollm2: 462,
		llama3: 239,
		gptOss: 239,
	},
	{
		kind: 'a log',
		text: '2026-11-30T02:10:33.100Z ERROR [worker-0] Connection to db-1:5432 refused (ECONNREFUSED), retry in 0 ms\n2026-11-30T02:11:33.107Z ERROR [worker-1] Connection to db-1:5432 refused (ECONNREFUSED), retry in 100 ms\n2026-11-30T02:12:33.114Z ERROR [worker-2] Connection to db-1:5432 refused (ECONNREFUSED), retry in 200 ms\n2026-11-30T02:13:33.121Z ERROR [worker-3] Connection to db-1:5432 refused (ECONNREFUSED), retry in 300 ms\n2026-11-30T02:14:33.128Z ERROR [worker-4] Connection to db-1:5432 refused (ECONNREFUSED), retry in 400 ms\n2026-11-30T02:15:33.135Z ERROR [worker-5] Connection to db-1:5432 refused (ECONNREFUSED), retry in 500 ms',
		smollm2: 351,
		llama3: 251,
		gptOss: 257,
	},
	{ kind: 'emoji', text: 'Genial 🎉 gracias 👍 hasta luego 👋 y buen viaje 🚀 🙂', smollm2: 28, llama3: 20, gptOss: 16 },
	{ kind: 'Chinese', text: '我们公司的年假政策规定每位员工每年有二十天假期。', smollm2: 46, llama3: 19, gptOss: 18 },
	{
		kind: 'Russian',
		text: 'Пожалуйста, подготовьте краткий отчёт о происшествиях за последний квартал.',
		smollm2: 61,
		llama3: 27,
		gptOss: 20,
	},
];
