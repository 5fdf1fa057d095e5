/** Market data: what an application of its own does with Talaria. */
package com.example.market;
