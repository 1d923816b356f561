/*
 * A redis-server of our own on a Unix socket, durable as the gateway's default
 * settings want it.
 */
'use strict';

const { execFile } = require('child_process');
const fs = require('fs');
const { promisify } = require('util');

const cleanup = require('./cleanup');
const { until } = require('./wait');

const cli = promisify(execFile);

/* In FOLDER, which is made when it is not there. */
exports.start = async folder => {
	fs.mkdirSync(folder, { recursive: true });
	const redis = new Redis(`${folder}/redis.sock`);
	const server = cleanup.start(['redis-server', '--port', '0',
	    '--unixsocket', redis.socket, '--dir', folder, '--save', '',
	    '--appendonly', 'yes', '--appendfsync', 'everysec'],
	    `${folder}/redis.log`);

	await until(() => server.exitCode !== null || redis.answers(),
	    'redis-server');
	if (server.exitCode !== null)
		throw new Error('redis-server does not start');
	return redis;
};

class Redis {
	constructor(socket) {
		this.socket = socket;
	}

	async ask(...command) {
		const { stdout } = await cli('redis-cli',
		    ['-s', this.socket, '--json', ...command]);

		return JSON.parse(stdout);
	}

	/* Loaded and ready, not only listening. */
	answers() {
		return this.ask('PING').then(() => true, () => false);
	}

	/* Every message of the gateway with that prefix, as its hash. */
	async messages(prefix) {
		const keys = await this.ask('KEYS', `${prefix}message:*`);

		return Promise.all(keys.map(key => this.ask('HGETALL', key)));
	}
}
