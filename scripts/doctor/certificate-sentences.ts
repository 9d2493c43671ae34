/** What the doctor says of the public address and its certificate, in both languages. */

import type { CertificateFinding } from './finding.ts';
import type { Sentences } from './words.ts';

type CertificateSentences = Pick<Sentences, CertificateFinding['code']>;

const daysOf = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

const english: CertificateSentences = {
	certificate: ({ domain, days }) => `${domain} answers; its certificate holds for ${daysOf(days, 'day', 'days')}`,
	'certificate-late': ({ domain, days }) => [
		`the certificate of ${domain} ends in ${daysOf(days, 'day', 'days')} and should have been renewed by now`,
		"see the proxy's log; the name must lead to this server, and port 80 must be open to the internet",
	],
	'certificate-untrusted': ({ domain, reason }) => [
		`${domain} answers with a certificate that is not trusted here (${reason})`,
		"Slack and Teams take only those of a public authority: see the proxy's log. With an authority of your own, for people alone, start with NODE_EXTRA_CA_CERTS=<file with its root>",
	],
	'certificate-ended': ({ domain }) => [
		`the certificate of ${domain} has ended: Slack and Teams cannot reach the bot`,
		"see the proxy's log; when what is said there is mended, start the proxy again",
	],
	'address-unreachable': ({ domain, reason }) => [
		`${domain} does not answer on port 443 (${reason})`,
		'check that the name in OPENCCB_DOMAIN leads to this server, that the proxy runs, and that the firewall lets 443 and 80 in',
	],
};

const spanish: CertificateSentences = {
	certificate: ({ domain, days }) => `${domain} responde; su certificado vale ${daysOf(days, 'día', 'días')} más`,
	'certificate-late': ({ domain, days }) => [
		`el certificado de ${domain} caduca en ${daysOf(days, 'día', 'días')} y ya tendría que haberse renovado`,
		'mira el log del proxy; el nombre tiene que llevar a este servidor, y el puerto 80 estar abierto a internet',
	],
	'certificate-untrusted': ({ domain, reason }) => [
		`${domain} responde con un certificado en el que aquí no se confía (${reason})`,
		'Slack y Teams solo aceptan los de una autoridad pública: mira el log del proxy. Con una autoridad propia, solo para personas, arranca con NODE_EXTRA_CA_CERTS=<archivo con su raíz>',
	],
	'certificate-ended': ({ domain }) => [
		`el certificado de ${domain} ha caducado: Slack y Teams no llegan al bot`,
		'mira el log del proxy; cuando esté arreglado lo que dice, vuelve a arrancar el proxy',
	],
	'address-unreachable': ({ domain, reason }) => [
		`${domain} no responde en el puerto 443 (${reason})`,
		'comprueba que el nombre de OPENCCB_DOMAIN lleva a este servidor, que el proxy está en marcha y que el cortafuegos deja entrar por 443 y 80',
	],
};

export const certificateSentences = { english, spanish };
