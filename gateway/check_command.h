/*
 * mlango check: proves files before anything starts.
 */
#ifndef GATEWAY_CHECK_COMMAND_H
#define GATEWAY_CHECK_COMMAND_H

int check_command(int argc, char **argv);

#endif
