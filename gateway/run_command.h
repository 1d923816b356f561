/*
 * mlango run: the daemon.
 */
#ifndef GATEWAY_RUN_COMMAND_H
#define GATEWAY_RUN_COMMAND_H

int run_command(int argc, char **argv);

#endif
