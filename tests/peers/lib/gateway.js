/*
 * `mlango run` with the samples, against an operator of a test.
 */
'use strict';

const assert = require('assert/strict');
const fs = require('fs');
const path = require('path');

const backend = require('./backend');
const cleanup = require('./cleanup');
const samples = require('./samples');
const { within } = require('./wait');

const build = process.env.MLANGO_BUILDDIR ?? path.join(__dirname, '../../..');
const defaults = {
	name: 'voda',
	hosts: ['127.0.0.1'],
	system_id: 'mlango',
	dialect: 'spec',
	sms_number: '15200',
	window: 100,
	retry_least_ms: 10,
	retry_most_ms: 100,
};

let count = 0;

/* One link to PORT, whose settings are the defaults and LINK; the back end
 * answers ROWS beside its own, and INSTITUTION stands beside the samples. At the end of the test the gateway must end as
 * well, of itself and in order. */
exports.start = async (t,
    { redis, folder, port, link = {}, rows, institution, failpoint }) => {
	const gateway = new Gateway(`${folder}/${++count}`, `g${count}:`);

	gateway.write({ ...defaults, port, ...link }, redis,
	    await backend.start(t, rows), institution);
	gateway.run(failpoint);
	t.log(gateway.log);
	t.end(async () => assert.equal(await gateway.stop(), 0, 'exit status'));
	return gateway;
};

class Gateway {
	constructor(folder, prefix) {
		this.folder = folder;
		this.prefix = prefix;
		this.log = `${folder}/log`;
	}

	write(link, redis, backendPort, institution) {
		fs.mkdirSync(this.folder);
		samples.copy(this.folder, backendPort, institution);
		fs.writeFileSync(`${this.folder}/password`, 'secret\n',
		    { mode: 0o600 });
		fs.writeFileSync(`${this.folder}/gateway.cfg`, libconfig({
			menus: 'menus.cfg',
			dialects: path.resolve(samples.samples, 'dialects.cfg'),
			node: 'a',
			redis: { prefix: this.prefix, ...redis },
			links: [{ password_file: `${this.folder}/password`, ...link }],
		}));
	}

	/* It dies at FAILPOINT, if there is one. */
	run(failpoint) {
		const fail = failpoint === undefined ? [] :
		    ['env', `MLANGO_FAIL=${failpoint}`];

		this.process = cleanup.start([...fail, `${build}/mlango`, 'run',
		    '-c', `${this.folder}/gateway.cfg`], this.log);
	}

	said(word) {
		return fs.readFileSync(this.log, 'utf8').includes(word);
	}

	stop() {
		this.process.kill('SIGTERM');
		return within(this.process.ended, 'end of the gateway');
	}
}

/* The settings of a group, as libconfig writes them. */
function libconfig(group) {
	return Object.entries(group)
	    .map(([name, value]) => `${name} = ${written(value)};\n`).join('');
}

function written(value) {
	if (Array.isArray(value))
		return typeof value[0] === 'object' ?
		    `( ${value.map(written).join(', ')} )` :
		    `[ ${value.map(written).join(', ')} ]`;
	return typeof value === 'object' ? `{ ${libconfig(value)} }` :
	    JSON.stringify(value);
}
